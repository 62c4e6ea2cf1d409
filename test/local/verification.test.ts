import { describe, expect, test } from '@jest/globals';
import type { ReadingName } from '../../local/finerworks/readings.ts';
import { deadLettersOf, process, startTestSystem, updatesOf } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const COUNT = 60;
const guids = Array.from({ length: COUNT }, (_, n) => guid(n));
const events = guids.map((id, n) => ({ guid: id, title: `title ${n}` }));

/** Runs the events against a stand-in that knows the images; how many are right in the end. */
async function run(verify: 'all' | 'sample' | 'off', readings: readonly ReadingName[]) {
  await using system = await startTestSystem({
    functionSettings: { verify },
    visibilityTimeoutSeconds: 2,
  });
  system.standIn.images.add(guids, { library: 'inventory' });
  system.standIn.readings = new Set(readings);
  await process(system, events);
  const right = guids.filter((id, n) => system.standIn.images.get(id)?.title === `title ${n}`);
  return {
    right: right.length,
    updates: updatesOf(system).length,
    lists: system.standIn.requests.length - updatesOf(system).length,
    deadLetters: await deadLettersOf(system),
  };
}

describe('where FinerWorks takes the first image of a call only, and says success', () => {
  test.each(['all', 'sample'] as const)('every image is right in the end: %s', async (verify) => {
    expect(await run(verify, ['first-only'])).toMatchObject({ right: COUNT, deadLetters: [] });
  });

  test('nobody sees it where nothing is read back', async () => {
    expect(await run('off', ['first-only'])).toMatchObject({
      right: 2,
      updates: 2,
      deadLetters: [],
    });
  });
});

describe('where FinerWorks takes every image', () => {
  test.each([
    ['off', 2],
    ['sample', 3],
    ['all', 4],
  ] as const)('%s: two updates, and %d lists', async (verify, lists) => {
    expect(await run(verify, [])).toMatchObject({ right: COUNT, updates: 2, lists });
  });
});
