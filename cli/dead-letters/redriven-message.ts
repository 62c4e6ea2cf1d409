import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { isTimeAttribute } from '../../lambda/contract/event-facts.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { MAX_BATCH_BYTES } from '../../lambda/queue/batch-requests.ts';
import { isFifo, sqsIdOf } from '../../lambda/queue/fifo-names.ts';
import { toSqsText } from '../../lambda/queue/sqs-text.ts';
import { REDRIVE_ATTRIBUTE, Redrive } from '../../lambda/records/origin.ts';
import { PACKED_ATTRIBUTE, PACKED_BODY, pack } from '../../lambda/records/packed.ts';
import { bytesOf } from '../../lambda/settlement/dead-letter.ts';
import { FAILURE_ATTRIBUTE } from '../../lambda/settlement/failure.ts';
import type { Message } from '../sending/send-messages.ts';
import { type DeadLetter, originOf } from './dead-letter.ts';
import { toLambdaAttributes } from './sdk-attributes.ts';

/** (AWS: SQS quotas, messages) */
const MAX_ATTRIBUTES = 10;

/** How often a message may be redriven without --force. */
export const MAX_REDRIVES = 3;

/** How many times it will have been redriven. */
export function nextCount({ redrive }: DeadLetter): number {
  return (redrive?.count ?? 0) + 1;
}

/**
 * The same event once more, with the order of its first sending.
 *
 * @param body the event in other words, where somebody edited it
 */
export function redriven(letter: DeadLetter, body = letter.body): Message {
  return message(letter, body, { count: nextCount(letter), origin: originOf(letter) });
}

/**
 * A corrected event. It keeps the count of redrives and the id of its first sending. Its order has the
 * time that it says and the present sending, since a time must not be later than its sending.
 *
 * @param now milliseconds since 1970
 */
export function redrivenCorrected(letter: DeadLetter, body: string, now: number): Message {
  const { messageId } = originOf(letter);
  const origin = { messageId, sentTimestamp: now, time: null, id: null };
  return message(withoutTime(letter), toSqsText(body), { count: nextCount(letter), origin });
}

/** Without CloudEvent attributes of time, which would come before the time in the corrected body. */
function withoutTime(letter: DeadLetter): DeadLetter {
  const kept = Object.entries(letter.attributes).filter(([name]) => !isTimeAttribute(name));
  return { ...letter, attributes: Object.fromEntries(kept) };
}

/**
 * A message for a queue: in the group of the letter, and for a FIFO queue with an id that is new at each
 * redrive. With the id of the event itself, SQS would silently drop a redrive within five minutes.
 */
export function addressed(whole: Message, letter: DeadLetter, queueUrl: string): Message {
  const message = fitting(whole);
  const { messageId } = originOf(letter);
  const isOfFifo = isFifo(queueUrl);
  const group = letter.group ?? (isOfFifo ? messageId : undefined);
  const { MessageBody = '' } = whole;
  return {
    ...message,
    ...(group !== undefined && { MessageGroupId: group }),
    ...(isOfFifo && {
      MessageDeduplicationId: sqsIdOf(messageId, String(nextCount(letter)), MessageBody),
    }),
  };
}

/** Why SQS would not take a message, not even packed; undefined where it would. */
export function whyTooLarge(message: Message): string | undefined {
  return fits(fitting(message))
    ? undefined
    : `with the attribute ${REDRIVE_ATTRIBUTE} it is larger than the 1 MiB of SQS, even packed`;
}

/** The message itself where it has room for `redrive`, else the same packed. */
function fitting(message: Message): Message {
  if (fits(message)) return message;
  const { [REDRIVE_ATTRIBUTE]: redrive, ...kept } = message.MessageAttributes ?? {};
  const known = Redrive.parse(jsonOrUndefined(redrive?.StringValue ?? ''));
  const content = { body: message.MessageBody ?? '', messageAttributes: toLambdaAttributes(kept) };
  return {
    ...message,
    MessageBody: PACKED_BODY,
    MessageAttributes: {
      [REDRIVE_ATTRIBUTE]: attributeOf({ ...known, packed: true }),
      [PACKED_ATTRIBUTE]: { DataType: 'Binary', BinaryValue: pack(content) },
    },
  };
}

function fits(message: Message): boolean {
  const count = Object.keys(message.MessageAttributes ?? {}).length;
  return count <= MAX_ATTRIBUTES && bytesOf(message) <= MAX_BATCH_BYTES;
}

function attributeOf(redrive: Redrive): MessageAttributeValue {
  return { DataType: 'String', StringValue: toSqsText(JSON.stringify(redrive)) };
}

/** `redrive` replaces `failure`; all other attributes stay as they are. */
function message(letter: DeadLetter, body: string, redrive: Redrive): Message {
  const { [FAILURE_ATTRIBUTE]: failure, ...others } = letter.attributes;
  // An attribute of that name that the function did not write is the producer's.
  const kept = letter.failure === undefined && failure ? letter.attributes : others;
  return {
    Id: letter.messageId,
    MessageBody: body,
    MessageAttributes: {
      ...kept,
      [REDRIVE_ATTRIBUTE]: attributeOf(redrive),
    },
  };
}
