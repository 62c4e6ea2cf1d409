import { describe, expect, test } from '@jest/globals';
import { LOCAL_KEYS } from '../../local/system.ts';
import { BAD_INPUTS } from '../helpers/bad-inputs.ts';
import { deadLettersOf, process, startTestSystem, until, updatesOf } from '../helpers/local-run.ts';
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

  test('makes 2 calls of 1,000 events on 100 images, and the newest values are stored', async () => {
    await using system = await startTestSystem({ batchSize: 1_000, batchingWindowSeconds: 5 });
    system.standIn.images.acceptAll = true;
    await process(system, titles(1_000, 100).toReversed());
    expect(updatesOf(system)).toHaveLength(2);
    for (let n = 0; n < 100; n += 1) {
      expect(system.standIn.images.get(guid(n))?.title).toBe(`title ${900 + n}`);
    }
  });

  test('has as many updates under way as are set, of as many accounts', async () => {
    await using system = await startTestSystem({ functionSettings: { callsAtOnce: 3 } });
    const { standIn } = system;
    standIn.images.acceptAll = true;
    const waiting: (() => void)[] = [];
    let most = 0;
    standIn.intercept = (request, _response, proceed) => {
      if (request.method !== 'PUT') return proceed();
      waiting.push(proceed);
      most = Math.max(most, waiting.length);
      // Nothing is answered before three of them wait: with fewer at once this would never end.
      if (waiting.length === 3) for (const answer of waiting.splice(0)) answer();
    };
    const events = Array.from({ length: 6 }, (_, n) => ({
      guid: guid(n),
      title: `title ${n}`,
      account_key: `account-${n}`,
    }));
    await process(system, events);
    expect(most).toBe(3);
    expect(updatesOf(system)).toHaveLength(6);
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

describe('the ledger', () => {
  test('outlives invocations: an old event that comes later, and a repeated one, cause no call', async () => {
    await using system = await startTestSystem({ batchSize: 1, batchingWindowSeconds: 0 });
    system.standIn.images.acceptAll = true;
    const at = (time: string, title: string) => ({ guid: guid(1), title, time });
    await process(system, [at('2024-11-23T10:00:00Z', 'new')]);
    const later = [at('2024-11-23T09:00:00Z', 'old'), at('2024-11-23T10:30:00Z', 'new')];
    for (const body of later) {
      await system.queues.send([JSON.stringify(body)]);
      await until(async () => (await system.queues.depth()) === 0);
    }
    expect(system.standIn.images.get(guid(1))?.title).toBe('new');
    expect(updatesOf(system)).toHaveLength(1);
    await until(() => system.tally.superseded === 1 && system.tally.unchanged === 1);
  });
});

describe('virtual inventory products', () => {
  test('stay: the event is dead-lettered with their SKUs, unless it allows the removal', async () => {
    await using system = await startTestSystem();
    const inventory = { library: 'inventory', products: ['SKU-1', 'SKU-2'] } as const;
    system.standIn.images.add([guid(1), guid(2)], inventory);
    await process(system, [
      { guid: guid(1), title: 'protected' },
      { guid: guid(2), title: 'given up', removeVirtualInventory: true },
    ]);
    const [dead] = await deadLettersOf(system);
    expect(dead?.failure).toMatchObject({ reason: 'WouldRemoveInventory', guids: [guid(1)] });
    expect(dead?.failure.detail).toContain('SKU-1, SKU-2');
    expect(system.standIn.images.get(guid(1))).toMatchObject({ title: '', ...inventory });
    expect(system.standIn.images.get(guid(2))).toMatchObject({ title: 'given up', products: [] });
  });
});

describe('the keys', () => {
  test('are read anew when they were rotated in mid-flight: one failed call, one read, no dead letter', async () => {
    await using system = await startTestSystem();
    system.standIn.images.acceptAll = true;
    await process(system, titles(10, 10));
    const reads = system.secrets.reads();
    const rotated = { web_api_key: 'rotated-web', app_key: 'rotated-app' };
    system.standIn.keys = rotated;
    system.secrets.put('finerworks/keys', JSON.stringify(rotated));
    const calls = system.standIn.requests.length;
    await system.queues.send([JSON.stringify({ guid: guid(1), title: 'after' })]);
    await until(async () => (await system.queues.depth()) === 0);
    expect(system.standIn.images.get(guid(1))?.title).toBe('after');
    // The look that was refused, the look, and the update.
    expect(system.standIn.requests.length - calls).toBe(3);
    expect(system.secrets.reads() - reads).toBeLessThanOrEqual(1);
    expect(await system.queues.deadLetters()).toEqual([]);
  });

  test('serve on across their expiry while Secrets Manager is down', async () => {
    await using system = await startTestSystem({ functionSettings: { keysCacheSeconds: 1 } });
    system.standIn.images.acceptAll = true;
    await process(system, titles(1, 1));
    system.secrets.setDown(true);
    await new Promise((done) => setTimeout(done, 1_500));
    for (const title of ['while down', 'still down']) {
      await system.queues.send([JSON.stringify({ guid: guid(5), title })]);
      await until(async () => (await system.queues.depth()) === 0);
      expect(system.standIn.images.get(guid(5))?.title).toBe(title);
    }
    expect(system.tally.returns).toBe(0);
  });
});
