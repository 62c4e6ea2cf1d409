import type { Invocation } from '../aws/invocation.ts';
import type { Received } from '../aws/message.ts';
import type { Report } from './violation.ts';

const DONE: readonly string[] = ['applied', 'unchanged', 'superseded'];

/**
 * Each record of an answered invocation must have one entry in the trail, which says what the queue saw.
 *
 * @param returned the records that the queue has again
 */
export function checkTrail(
  { name, end, records, trail, deadLettered }: Invocation,
  returned: readonly Received[],
  report: Report,
): void {
  if (end !== 'answered') return;
  if (trail.length !== records.length) {
    report('TrailWrong', `${name}: ${trail.length} entries for ${records.length} records`);
  }
  for (const [{ event }, copies] of Map.groupBy(records, ({ message }) => message)) {
    const entries = trail.filter(({ messageId }) => messageId === event.messageId);
    if (entries.length !== copies.length) {
      report('TrailWrong', `${name}: ${event.name} has ${entries.length} entries`);
    }
    // Copies of one message may have verdicts of their own, and the queue sees the worst.
    if (copies.length > 1) continue;
    const isBack = copies.every((copy) => returned.includes(copy));
    const due = isBack ? ['returned'] : deadLettered.has(event) ? ['dead-lettered'] : DONE;
    for (const { verdict } of entries) {
      if (!due.includes(verdict)) report('TrailWrong', `${name}: ${event.name} as ${verdict}`);
    }
  }
}
