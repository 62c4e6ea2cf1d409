import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bundle, temporaryBundle } from '../../local/lambda/temporary-bundle.ts';
import type { LocalSystem } from '../../local/system.ts';
import { invokeWithin } from '../helpers/limited-process.ts';
import { deadLettersOf, startTestSystem } from '../helpers/local-run.ts';
import { guid, sqsEvent, sqsRecord } from '../helpers/records.ts';

/** The least that the doctor lets pass with a warning, and the default. */
const SMALL = 256;
const DEFAULT = 512;
/** Nearly the most that a message holds, with room for the reason why it is dead. */
const LARGEST = 1_030_000;

let system: LocalSystem;
let bundle: Bundle;
beforeAll(async () => {
  bundle = temporaryBundle();
  system = await startTestSystem();
});
afterEach(() => {
  system.standIn.intercept = undefined;
});
afterAll(async () => {
  bundle[Symbol.dispose]();
  await system[Symbol.asyncDispose]();
});

const invoke = (megabytes: number, bodies: readonly unknown[]) =>
  invokeWithin(megabytes, {
    bundle: bundle.entryFile,
    environment: { ...system.environment, ...system.functionEnvironment },
    event: sqsEvent(...bodies.map((body) => sqsRecord({ body, sentTimestamp: Date.now() }))),
  });

/** A text of so many bytes at most, which is nothing but one thing again and again. */
function filled(bytes: number, item: string, begin = '{"images":[', end = ']}'): string {
  const count = Math.floor((bytes - begin.length - end.length) / (item.length + 1));
  return `${begin}${Array(count).fill(item).join(',')}${end}`;
}

const BAD_IMAGE = '{"guid":"x","title":5}';

describe('what an invocation may meet fits into its memory', () => {
  test.each([
    ['36 bad events of 165 KB', SMALL, Array(36).fill(filled(165_000, BAD_IMAGE))],
    ['36 events of 165 KB of empty images', DEFAULT, Array(36).fill(filled(165_000, '{}'))],
    ['an event of 1 MiB of empty images', SMALL, [filled(LARGEST, '{}')]],
    [
      'five of those, nearly all that Lambda delivers',
      DEFAULT,
      Array(5).fill(filled(LARGEST, '{}')),
    ],
    ['80,000 bad images in one event', SMALL, [filled(80_000 * 12 + 13, '{"guid":1}')]],
    ['1 MiB of contradictions', SMALL, [contradictions(14_000)]],
  ])('%s, in %i MB, and is dead-lettered at once', async (_name, megabytes, bodies) => {
    const before = (await system.queues.deadLetters()).length;
    expect(await invoke(megabytes, bodies)).toEqual({ batchItemFailures: [] });
    const dead = (await deadLettersOf(system)).slice(before);
    expect(dead).toHaveLength(bodies.length);
    for (const { failure } of dead) {
      expect(failure.detail).toMatch(/; … and [\d,]+ more (images|texts)$/);
      expect(failure.detail.split('; ').length).toBeLessThanOrEqual(102);
    }
  });

  test.each([
    ['of images that are none', filled(6_000_000, '{}', '{"status":{"success":true},"images":[')],
    [
      'of as much of that as is read',
      filled(4_190_000, '{}', '{"status":{"success":true},"images":['),
    ],
    ['of numbers', filled(4_190_000, '0', '{"status":{"success":true},"images":[')],
  ])('a list of several MB %s, which comes back', async (_name, list) => {
    system.standIn.intercept = (request, response, proceed) => {
      if (request.path === '/v3/list_images') response.end(list);
      else proceed();
    };
    const { batchItemFailures } = await invoke(SMALL, [{ guid: guid(1), title: 'a' }]);
    expect(batchItemFailures).toHaveLength(1);
  });

  test('an answer of 1 MiB to an update that lists what is no image', async () => {
    system.standIn.intercept = (request, response, proceed) => {
      if (request.method !== 'PUT') return proceed();
      response.end(filled(LARGEST / 2, '{}', '{"status":{"success":true},"images":['));
    };
    expect(await invoke(SMALL, [{ guid: guid(2), title: 'a' }])).toEqual({ batchItemFailures: [] });
  });
});

function contradictions(count: number): string {
  const images = Array.from({ length: count }, (_, n) => ({ guid: guid(1), title: `${n}` }));
  return JSON.stringify({ images });
}
