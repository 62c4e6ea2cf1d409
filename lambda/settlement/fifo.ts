import { isFifo } from '../queue/fifo-names.ts';
import type { RecordOutcome } from './settle.ts';

/**
 * Returns also the records that come after a returned one of the same group: a FIFO queue gives the
 * messages of a group in their order, so a later one must not be deleted before an earlier one (AWS:
 * Lambda with SQS, error handling). A dead-lettered record stays dead-lettered, and returns no others: it
 * can never succeed.
 *
 * FinerWorks may have the values of a record that is returned so. When it comes again, the ledger finds
 * them unchanged.
 *
 * @param outcomes in the order of the batch, after dead-lettering; those of a standard queue do not change
 * @param earlier outcomes of the same batch that came before
 */
export function returnLaterOfGroup(
  outcomes: readonly RecordOutcome[],
  earlier: readonly RecordOutcome[] = [],
): RecordOutcome[] {
  /** The first returned message of each group. */
  const returned = new Map<string, string>();
  for (const { parsed, verdict } of earlier.toReversed()) {
    const { MessageGroupId: group } = parsed.record.attributes;
    const isReturned = verdict.kind === 'retry' && group !== undefined;
    if (isReturned) returned.set(group, parsed.record.messageId);
  }
  return outcomes.map((outcome) => {
    const { record } = outcome.parsed;
    const { MessageGroupId: group } = record.attributes;
    if (group === undefined || !isFifo(record.eventSourceARN)) return outcome;
    const earlier = returned.get(group);
    if (outcome.verdict.kind === 'retry') {
      if (earlier === undefined) returned.set(group, record.messageId);
      return outcome;
    }
    if (earlier === undefined || outcome.verdict.kind === 'rejected') return outcome;
    return {
      ...outcome,
      verdict: {
        kind: 'retry',
        reason: 'Deferred',
        detail: `comes after message ${earlier} of its group, which went back to the queue`,
        // SQS holds it back anyway while the earlier one is hidden, and the earlier one while this one is.
        retryWithinSeconds: 1,
      },
    };
  });
}
