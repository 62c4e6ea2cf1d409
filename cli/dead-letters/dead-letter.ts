import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import {
  canPrecede,
  Origin,
  REDRIVE_ATTRIBUTE,
  type Redrive,
  readRedrive,
} from '../../lambda/records/origin.ts';
import { PACKED_ATTRIBUTE, unpack } from '../../lambda/records/packed.ts';
import { FAILURE_ATTRIBUTE, Failure } from '../../lambda/settlement/failure.ts';
import { letterEventOf } from './letter-event.ts';
import type { Kept } from './reasons-beside.ts';
import { toSdkAttributes } from './sdk-attributes.ts';
import { whyNoReason } from './why-no-reason.ts';

/** The group of dead letters without a reason. */
export const NO_REASON = 'none';

/** As the function names its reasons; any other text in the attribute is not a reason. */
const Reason = z.string().regex(/^[A-Za-z]\w{0,63}$/);

/**
 * The attribute `failure`. Older versions of the function copied any origin that a message claimed, and newer
 * ones may have other reasons: neither must hide why the message is dead.
 */
export const ReportedFailure = z.object({
  ...Failure.shape,
  reason: Reason,
  lastReason: z.optional(Reason),
  origin: z.optional(Origin).catch(undefined),
});
export type ReportedFailure = z.output<typeof ReportedFailure>;

/** A message of the dead-letter queue. */
export interface DeadLetter {
  /** In the dead-letter queue. */
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /**
   * When the retention began, in milliseconds since 1970: when the function sent it, or at its first
   * sending where SQS moved it (AWS: dead-letter queues, retention).
   */
  readonly sentTimestamp: number;
  readonly receives: number;
  /** Its group, the same as in the source queue; most have none. */
  readonly group: string | undefined;
  /** One of `REJECTIONS`, {@link NO_REASON}, or one that only a newer version of the function knows. */
  readonly reason: string;
  /** Without its origin where that is impossible. */
  readonly failure: ReportedFailure | undefined;
  /** Why there is none, for people; undefined where there is one. */
  readonly whyNoReason: string | undefined;
  /** What an earlier redrive wrote; undefined where no redrive did. */
  readonly redrive: Redrive | undefined;
  /** Images that it is about: those at fault, and those that its event names. */
  readonly guids: readonly string[];
  /** What its event says of itself, as far as it can be read. */
  readonly eventId: string | undefined;
  readonly source: string | undefined;
  readonly account: string | undefined;
}

const Received = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.looseObject({
    SentTimestamp: z.coerce.number(),
    ApproximateReceiveCount: z.coerce.number(),
    MessageGroupId: z.string().optional(),
  }),
});

/**
 * Reads a message that was received with all its attributes.
 *
 * @param kept the reasons that are kept beside letters, where they were read
 */
export function toDeadLetter(message: Message, kept?: Kept): DeadLetter {
  const { MessageId, ReceiptHandle, Body, Attributes } = Received.parse(message);
  const { body, attributes } = contentOf(Body, message.MessageAttributes ?? {});
  const { SentTimestamp: sentTimestamp } = Attributes;
  const text = attributes[FAILURE_ATTRIBUTE]?.StringValue ?? kept?.texts.get(MessageId);
  const failure = failureIn(text, sentTimestamp);
  const redrive = readRedrive(attributes[REDRIVE_ATTRIBUTE]?.StringValue);
  const isRedriven =
    redrive !== undefined &&
    failure?.reason !== 'InvalidRedrive' &&
    canPrecede(redrive.origin, sentTimestamp);
  const { id: eventId, source, account, guids } = letterEventOf(body, attributes);
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body,
    attributes,
    sentTimestamp,
    receives: Attributes.ApproximateReceiveCount,
    group: Attributes.MessageGroupId,
    reason: failure?.reason ?? NO_REASON,
    failure,
    whyNoReason: failure === undefined ? whyNoReason(message, kept) : undefined,
    redrive: isRedriven ? redrive : undefined,
    guids: [...new Set([...(failure?.guids ?? []), ...guids])],
    eventId,
    source,
    account,
  };
}

/** When it died, in milliseconds since 1970; where SQS moved it, only its first sending is known. */
export function timeOfDeath({ failure, sentTimestamp }: DeadLetter): number {
  const time = Date.parse(failure?.time ?? '');
  return Number.isNaN(time) ? sentTimestamp : time;
}

/** Its first sending, as far as it says. */
export function originOf({ redrive, failure, messageId, sentTimestamp }: DeadLetter): Origin {
  return redrive?.origin ?? failure?.origin ?? { messageId, sentTimestamp, time: null, id: null };
}

/** Body and attributes as the producer sent them, unpacked, with the attributes that were added since. */
function contentOf(body: string, attributes: DeadLetter['attributes']) {
  const { [PACKED_ATTRIBUTE]: packed, ...added } = attributes;
  const redrive = readRedrive(added[REDRIVE_ATTRIBUTE]?.StringValue);
  const content = redrive?.packed && packed?.BinaryValue && unpack(packed.BinaryValue);
  if (!content) return { body, attributes };
  return {
    body: content.body,
    attributes: { ...toSdkAttributes(content.messageAttributes), ...added },
  };
}

function failureIn(text: string | undefined, sentTimestamp: number): ReportedFailure | undefined {
  const { data } = ReportedFailure.safeParse(jsonOrUndefined(text ?? ''));
  if (data?.origin === undefined || canPrecede(data.origin, sentTimestamp)) return data;
  return { ...data, origin: undefined };
}
