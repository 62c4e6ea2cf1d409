import type { Invocation } from '../aws/invocation.ts';
import type { Settings } from '../scenario.ts';
import type { Report } from './violation.ts';

/** Documented in docs/retries.md, in seconds. */
const FIRST_DELAY = 30;
const LONGEST_DELAY = 900;
const MOST_HIDDEN = 12 * 3_600;

/**
 * A returned record stays hidden for half to the whole of its time, or as long as it was asked; or
 * shorter, where another invocation has the image for a while.
 *
 * @param isShared whether another invocation wrote to the ledger's item of an image
 */
export function checkDelay(
  { name, records, calls, looks }: Invocation,
  handle: string,
  seconds: number,
  { maxRetryAfterSeconds }: Settings,
  isShared: (guid: string) => boolean,
  report: Report,
): void {
  const record = records.find((candidate) => candidate.handle === handle);
  if (record === undefined) {
    report('PostponedWrongly', `${name}: an unknown receipt`);
    return;
  }
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (record.receives - 1));
  const putOff = [...looks, ...calls].map(({ retryAfter = 0 }) => retryAfter);
  const asked = Math.min(maxRetryAfterSeconds, Math.max(0, ...putOff) / 1_000);
  const least = record.message.event.images.some(({ guid }) => isShared(guid)) ? 1 : full / 2;
  const isInBounds = seconds >= least && seconds <= Math.max(full, asked);
  if (!isInBounds || seconds > MOST_HIDDEN || !Number.isInteger(seconds)) {
    const of = `${record.message.event.name}#${record.receives}`;
    report('PostponedWrongly', `${name}: ${of} for ${seconds} s, ${full / 2} to ${full} are due`);
  }
}
