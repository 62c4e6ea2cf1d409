import { setTimeout as sleep } from 'node:timers/promises';
import { progress } from '@clack/prompts';
import { type Report, reportOf } from './report.ts';
import type { LocalSystem } from './system.ts';

/** How often to look whether all is done, in milliseconds. */
const LOOK_INTERVAL = 100;

/**
 * Sends events and waits until each of them has left the queue.
 *
 * @param waitSeconds how long to wait while nothing more leaves the queue
 */
export async function runEvents(
  system: LocalSystem,
  events: readonly string[],
  waitSeconds: number,
): Promise<Report> {
  const { queues, tally } = system;
  const started = Date.now();
  const messageIds = await queues.send(events);
  const bar = progressBar(events.length);
  system.start();
  let depth = events.length;
  let movedAt = Date.now();
  while (depth > 0 && Date.now() - movedAt < waitSeconds * 1_000) {
    await sleep(LOOK_INTERVAL);
    const left = await queues.depth();
    if (left === depth) continue;
    bar.advance(
      depth - left,
      `${events.length - left} of ${events.length} events, ${tally.calls} calls`,
    );
    depth = left;
    movedAt = Date.now();
  }
  bar.stop(
    depth === 0
      ? 'Every event has left the queue'
      : `${depth} events came back: ${tally.lastReturn}`,
  );
  return reportOf(system, messageIds, (Date.now() - started) / 1_000);
}

/** A bar in a terminal; elsewhere only how it ended. Standard output stays free for the report. */
function progressBar(max: number): {
  advance(by: number, text: string): void;
  stop(text: string): void;
} {
  if (!process.stderr.isTTY) {
    return { advance: () => {}, stop: (text) => process.stderr.write(`${text}\n`) };
  }
  const bar = progress({ max, output: process.stderr });
  bar.start(`0 of ${max} events`);
  return bar;
}
