import { setTimeout as sleep } from 'node:timers/promises';
import { plural } from '../cli/terminal/plural.ts';
import { startProgress } from '../cli/terminal/progress.ts';
import { type Report, reportOf } from './report.ts';
import type { LocalSystem } from './system.ts';

/** How often to check whether all is done, in milliseconds. */
const LOOK_INTERVAL = 100;

/**
 * Sends events and waits until each of them has left the queue.
 *
 * @param waves events that are sent together; each wave once the one before has left the queue
 * @param waitSeconds how long to wait while nothing more leaves the queue
 */
export async function runEvents(
  system: LocalSystem,
  waves: readonly (readonly string[])[],
  waitSeconds: number,
): Promise<Report> {
  const { queues, tally } = system;
  const count = waves.flat().length;
  const started = Date.now();
  const messageIds: string[] = [];
  const bar = startProgress(process, count, `0 of ${count} events`);
  let left = 0;
  for (const wave of waves) {
    messageIds.push(...(await queues.send(wave)));
    // The first wave waits for the system, so that it is gathered as one.
    if (messageIds.length === wave.length) system.start();
    left = await drained(system, wave.length, waitSeconds, (advanced) => {
      const gone = messageIds.length - advanced.left;
      bar.advance(advanced.by, `${gone} of ${count} events, ${plural(tally.calls, 'call')}`);
    });
    if (left > 0) break;
  }
  const end =
    left === 0 ? 'Every event has left the queue' : `${plural(left, 'event')} ${whyLeft(tally)}`;
  bar.stop(end);
  // Standard output stays free for the report.
  if (!process.stderr.isTTY) process.stderr.write(`${end}\n`);
  return reportOf(system, messageIds, (Date.now() - started) / 1_000);
}

function whyLeft({ lastReturn }: LocalSystem['tally']): string {
  if (lastReturn !== undefined) return `came back: ${lastReturn}`;
  return 'left in the queue, and none came back so far: wait longer, with --wait';
}

/** Waits until the queue is empty, or nothing leaves it any more. @returns what is left in it */
async function drained(
  { queues }: LocalSystem,
  depth: number,
  waitSeconds: number,
  onAdvance: (advanced: { by: number; left: number }) => void,
): Promise<number> {
  let known = depth;
  let movedAt = Date.now();
  while (known > 0 && Date.now() - movedAt < waitSeconds * 1_000) {
    await sleep(LOOK_INTERVAL);
    const left = await queues.depth();
    if (left === known) continue;
    onAdvance({ by: known - left, left });
    known = left;
    movedAt = Date.now();
  }
  return known;
}
