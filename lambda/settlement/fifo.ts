import { createHash } from 'node:crypto';
import type { Settlement } from './settle.ts';

/** Whether a queue is FIFO, by its name, its URL or its ARN: only such names end so (AWS: CreateQueue). */
export function isFifo(queue: string): boolean {
  return queue.endsWith('.fifo');
}

/**
 * Returns what comes after a returned record of the same group, though it went well: a FIFO queue
 * gives messages of a group in their order, so the later ones must not be gone before the earlier
 * one (AWS: Lambda with SQS, error handling). What the dead-letter queue has stays there, and holds
 * nothing back: it can never succeed, and would only die once more.
 *
 * FinerWorks may have the values of a record that is returned so. When it comes again, the ledger
 * finds them unchanged.
 *
 * @param settlements in the order of the batch, after dead-lettering; of a standard queue nothing
 *   is changed
 * @param earlier settlements of the same batch that came before
 */
export function returnLaterOfGroup(
  settlements: readonly Settlement[],
  earlier: readonly Settlement[] = [],
): Settlement[] {
  /** The first returned message of each group. */
  const returned = new Map<string, string>();
  for (const { reading, verdict } of earlier.toReversed()) {
    const { MessageGroupId: group } = reading.record.attributes;
    const isReturned = verdict.kind === 'retry' && group !== undefined;
    if (isReturned) returned.set(group, reading.record.messageId);
  }
  return settlements.map((settlement) => {
    const { record } = settlement.reading;
    const { MessageGroupId: group } = record.attributes;
    if (group === undefined || !isFifo(record.eventSourceARN)) return settlement;
    const earlier = returned.get(group);
    if (settlement.verdict.kind === 'retry') {
      if (earlier === undefined) returned.set(group, record.messageId);
      return settlement;
    }
    if (earlier === undefined || settlement.verdict.kind === 'rejected') return settlement;
    return {
      ...settlement,
      verdict: {
        kind: 'retry',
        reason: 'Deferred',
        detail: `comes after message ${earlier} of its group, which went back to the queue`,
        // SQS holds it back for as long as the earlier one is hidden, and would the other way round.
        retryWithinSeconds: 1,
      },
    };
  });
}

/** A text for a group or for deduplication: SQS takes letters, digits and punctuation, 128 at most. */
export function sqsIdOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
