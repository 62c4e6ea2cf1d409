import { momentOf } from '../terminal/moment.ts';
import { type DeadLetter, originOf, timeOfDeath } from './dead-letter.ts';
import { detailOf } from './filter.ts';
import type { Coverage } from './reader.ts';

const DAY = 86_400_000;

/** A dead letter in a list. */
export interface Summary {
  readonly messageId: string;
  /** Of its first sending. */
  readonly originMessageId: string;
  readonly reason: string;
  /** The cause of the last failure, where it was retried until the end. */
  readonly lastReason?: string;
  /** When it died; where SQS moved it, when it was first sent. RFC 3339. */
  readonly time: string;
  readonly guids: readonly string[];
  /** What its event says of itself. */
  readonly eventId?: string;
  readonly source?: string;
  readonly account?: string;
  readonly detail: string;
  readonly redrives: number;
  readonly expiresAt: string;
  readonly daysLeft: number;
}

/**
 * @param retentionSeconds of the dead-letter queue
 * @param now milliseconds since 1970
 */
export function summaryOf(letter: DeadLetter, retentionSeconds: number, now: number): Summary {
  const { messageId, reason, failure, guids, source, account } = letter;
  const origin = originOf(letter);
  const eventId = letter.eventId ?? origin.id;
  const lastReason = failure?.lastReason;
  const expiresAt = letter.sentTimestamp + retentionSeconds * 1_000;
  return {
    messageId,
    originMessageId: origin.messageId,
    reason,
    ...(lastReason !== undefined && { lastReason }),
    time: momentOf(timeOfDeath(letter)),
    guids,
    ...(eventId !== null && { eventId }),
    ...(source !== undefined && { source }),
    ...(account !== undefined && { account }),
    detail: detailOf(letter),
    redrives: letter.redrive?.count ?? 0,
    expiresAt: momentOf(expiresAt),
    daysLeft: Math.max(0, Math.floor(((expiresAt - now) / DAY) * 10) / 10),
  };
}

/** Whether nothing was missed, by the counts of SQS. */
export function isComplete({ seen, visible, inFlight }: Coverage): boolean {
  return seen >= visible && inFlight === 0;
}

/** Says how much of the queue a list shows: a standard queue gives no listing. */
export function renderCoverage(coverage: Coverage): string {
  const { seen, visible, inFlight } = coverage;
  const counted = `${seen} seen; SQS counted about ${visible} before`;
  if (isComplete(coverage)) return `${counted}.`;
  const hidden = inFlight === 0 ? '' : `, and about ${inFlight} hidden, which another reader holds`;
  return `Incomplete: ${counted}${hidden}. Try again in a minute.`;
}
