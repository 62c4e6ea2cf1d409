import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { isFifo, sqsIdOf } from '../lambda/queue/fifo-names.ts';

/** What the messages of a group have in common. */
export const GROUPINGS = ['account', 'image', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The group of events without an account: without a group each message would count as a separate tenant. */
const NO_ACCOUNT = 'default';
/** Letters, digits and punctuation (AWS: SendMessage, MessageGroupId). */
const GROUP = /^[!-~]{1,128}$/;

/** What a message's group and its id for deduplication come from. */
export interface Grouped {
  /** `null` is the account that the keys belong to. */
  readonly account: string | null;
  /** The images that it changes. */
  readonly guids: readonly string[];
  /** As it is sent. */
  readonly body: string;
}

export type Addressing = Pick<
  SendMessageBatchRequestEntry,
  'MessageGroupId' | 'MessageDeduplicationId'
>;

/** A FIFO queue was to get messages of no group, which it does not take. */
export class GroupNeeded extends Error {
  override readonly name = 'GroupNeeded';
}

/**
 * Says which group each message for a queue is of. On a standard queue that is the account: SQS
 * serves the others first while one of them fills the queue (AWS: SQS, fair queues). On a FIFO queue
 * it is the image, since what comes back holds up its whole group; a FIFO queue also gets an id by
 * which it drops a message that is sent again within five minutes.
 *
 * @param grouping instead of the usual one
 * @throws {GroupNeeded}
 */
export function addressingFor(
  queueUrl: string,
  grouping: Grouping = isFifo(queueUrl) ? 'image' : 'account',
): (message: Grouped) => Addressing {
  if (!isFifo(queueUrl)) return (message) => groupOf(message, grouping);
  if (grouping === 'none') {
    throw new GroupNeeded('a FIFO queue takes no message without a group: name account or image');
  }
  return (message) => ({
    ...groupOf(message, grouping),
    MessageDeduplicationId: sqsIdOf(message.body),
  });
}

function groupOf({ account, guids }: Grouped, grouping: Grouping): Addressing {
  if (grouping === 'none') return {};
  const group = (grouping === 'image' ? guids[0] : account) ?? NO_ACCOUNT;
  return { MessageGroupId: GROUP.test(group) ? group : sqsIdOf(group) };
}
