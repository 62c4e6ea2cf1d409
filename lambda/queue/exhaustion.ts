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
  return settlements.map((settlement) => {
    const { reading, verdict } = settlement;
    const receives = Number(reading.record.attributes.ApproximateReceiveCount);
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
