import type { Change } from '../images/change.ts';
import { receivesOf } from './reading.ts';
import type { Settlement } from './settle.ts';

/**
 * Gives up what would be retried, at the last receive that the queue's redrive policy permits:
 * SQS would move the record next, without a word. So only a crash arrives without a reason.
 *
 * @param maxReceiveCount of the queue's redrive policy
 */
export function giveUpExhausted(
  settlements: readonly Settlement[],
  maxReceiveCount: number,
): Settlement[] {
  // One message can stand twice in a batch, received once more the second time: what is the last
  // receive for one of the two is so for both.
  const receivesById = new Map<string, number>();
  for (const { reading } of settlements) {
    const { messageId } = reading.record;
    receivesById.set(messageId, Math.max(receivesById.get(messageId) ?? 0, receivesOf(reading)));
  }
  return settlements.map((settlement) => {
    const { reading, verdict } = settlement;
    const receives = receivesById.get(reading.record.messageId) ?? 0;
    if (verdict.kind !== 'retry' || receives < maxReceiveCount) return settlement;
    return {
      reading,
      verdict: {
        kind: 'rejected',
        reason: 'RetriesExhausted',
        detail: `receive ${receives} of ${maxReceiveCount} ended with ${verdict.reason}: ${verdict.detail}`,
        lastReason: verdict.reason,
      },
    };
  });
}

/** The changes of records that were given up, once the dead-letter queue has them. */
export function changesGivenUp(settlements: readonly Settlement[]): Change[] {
  return settlements.flatMap(({ reading, verdict }) =>
    verdict.kind === 'rejected' && verdict.reason === 'RetriesExhausted' ? reading.changes : [],
  );
}
