import type { ReadingName } from '../../local/finerworks/readings.ts';
import { deadLettersOf, process, startTestSystem, updatesOf } from './local-run.ts';
import { guid } from './records.ts';

/** Images that are changed, in two calls. */
export const COUNT = 60;
const guids = Array.from({ length: COUNT }, (_, n) => guid(n));
const events = guids.map((id, n) => ({ guid: id, title: `title ${n}` }));

/** Runs the events against a stand-in that knows the images; how many are right in the end. */
export async function verifiedRun(
  verify: 'all' | 'sample' | 'off',
  readings: readonly ReadingName[],
) {
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
