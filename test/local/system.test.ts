import { describe, expect, test } from '@jest/globals';
import { LOCAL_KEYS } from '../../local/system.ts';
import { BAD_INPUTS } from '../helpers/bad-inputs.ts';
import { deadLettersOf, process, startTestSystem, updatesOf } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { titles } from '../helpers/titles.ts';

describe('the whole system over real sockets, with the bundle that is deployed', () => {
  test('takes the example of the API’s page to FinerWorks as that PUT', async () => {
    await using system = await startTestSystem();
    const example =
      '{ "images": [ { "guid": "eaedbfbc-aee8-408f-9a80-43bda4e94de7", "title": "My Cool Image", "description": "This is a very cool image." } ], "account_key": null }';
    system.standIn.images.acceptAll = true;
    await process(system, [example]);
    expect(updatesOf(system)).toHaveLength(1);
    const [request] = updatesOf(system);
    expect(request).toMatchObject({
      method: 'PUT',
      path: '/v3/update_images',
      headers: { ...LOCAL_KEYS, 'content-type': 'application/json' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual(JSON.parse(example));
  });

  test('dead-letters each kind of bad input with its reason and its body, and no neighbour', async () => {
    await using system = await startTestSystem();
    // SQS itself refuses the characters that are lone surrogates unescaped; these bodies are ASCII.
    const inputs = BAD_INPUTS;
    const neighbours = inputs.map((_, n) => ({ guid: guid(n), title: `neighbour ${n}` }));
    system.standIn.images.add(neighbours.map((neighbour) => neighbour.guid));
    await process(
      system,
      inputs.flatMap(({ body }, n) => [body, neighbours[n]]),
    );
    const dead = await deadLettersOf(system);
    expect(inputs.length).toBeGreaterThanOrEqual(40);
    const byBody = new Map(dead.map(({ body, failure }) => [body, failure.reason]));
    expect(dead).toHaveLength(inputs.length);
    for (const { body, reason } of inputs) expect(byBody.get(body)).toBe(reason);
    for (const { guid: of, title } of neighbours) {
      expect(system.standIn.images.get(of)?.title).toBe(title);
    }
  });

  test('dead-letters the unknown image alone and updates the others of its call', async () => {
    await using system = await startTestSystem();
    const bodies = titles(50, 50);
    system.standIn.images.add(bodies.slice(1).map((body) => body.guid));
    await process(system, bodies);
    const dead = await deadLettersOf(system);
    expect(dead.map(({ failure }) => [failure.reason, failure.guids])).toEqual([
      ['Refused', [guid(0)]],
    ]);
    expect(system.standIn.images.get(guid(49))?.title).toBe('title 49');
    expect(updatesOf(system).length).toBeLessThanOrEqual(14);
  });
});
