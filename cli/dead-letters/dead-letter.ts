import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import {
  canPrecede,
  Origin,
  REDRIVE_ATTRIBUTE,
  type Redrive,
  readRedrive,
} from '../../lambda/records/origin.ts';
import { PACKED_ATTRIBUTE, unpack } from '../../lambda/records/packed.ts';
import { hasRoomForFailure } from '../../lambda/settlement/dead-letter.ts';
import { FAILURE_ATTRIBUTE, Failure } from '../../lambda/settlement/failure.ts';
import type { Rejection } from '../../lambda/verdicts/reasons.ts';
import type { Kept } from './reasons-beside.ts';
import { toSdkAttributes } from './sdk-attributes.ts';

/** The group of dead letters without a reason. */
export const NO_REASON = 'none';

/** Said of a letter without a reason, because the process died. */
const MOVED_BY_SQS = 'moved by SQS itself';

/**
 * The attribute `failure`. Older versions of the function copied any origin that a message claimed: an
 * impossible one must not hide why the message is dead.
 */
const ReportedFailure = z.object({
  ...Failure.shape,
  origin: z.optional(Origin).catch(undefined),
});
type ReportedFailure = z.output<typeof ReportedFailure>;

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
  readonly reason: Rejection | typeof NO_REASON;
  /** Without its origin where that is impossible. */
  readonly failure: ReportedFailure | undefined;
  /** Why there is none, for people; undefined where there is one. */
  readonly whyNoReason: string | undefined;
  /** What an earlier redrive wrote; undefined where no redrive did. */
  readonly redrive: Redrive | undefined;
  /** Images that it is about: those at fault, and those that its event names. */
  readonly guids: readonly string[];
}

const Received = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.looseObject({
    SentTimestamp: z.coerce.number(),
    ApproximateReceiveCount: z.coerce.number(),
    MessageGroupId: z.string().optional(),
    /** Only messages that SQS moved itself have it (AWS: ReceiveMessage). */
    DeadLetterQueueSourceArn: z.string().optional(),
  }),
});
type Received = z.output<typeof Received>;

const readEvent = eventReader({});
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Why EventBridge, or SNS, could not deliver an event, as they say in attributes (AWS: EventBridge, dead-letter queues). */
const UNDELIVERED = [
  ['ERROR_CODE', 'ERROR_MESSAGE'],
  ['ErrorCode', 'ErrorMessage'],
] as const;

/** Whether a reason may be kept beside a received message: the function sent it without one. */
export function mayHaveReasonBeside(message: Message): boolean {
  const { MessageAttributes = {}, Attributes = {} } = message;
  return !(FAILURE_ATTRIBUTE in MessageAttributes) && !('DeadLetterQueueSourceArn' in Attributes);
}

/**
 * Reads a message that was received with all its attributes.
 *
 * @param kept the reasons that are kept beside letters, where they were read
 */
export function toDeadLetter(message: Message, kept?: Kept): DeadLetter {
  const received = Received.parse(message);
  const { MessageId, ReceiptHandle, Attributes } = received;
  const { body, attributes } = contentOf(received.Body, message.MessageAttributes ?? {});
  const { SentTimestamp: sentTimestamp } = Attributes;
  const text = attributes[FAILURE_ATTRIBUTE]?.StringValue ?? kept?.texts.get(MessageId);
  const failure = failureIn(text, sentTimestamp);
  const redrive = readRedrive(attributes[REDRIVE_ATTRIBUTE]?.StringValue);
  const isRedriven =
    redrive !== undefined &&
    failure?.reason !== 'InvalidRedrive' &&
    canPrecede(redrive.origin, sentTimestamp);
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
    whyNoReason: failure === undefined ? whyNoReason(received, message, kept) : undefined,
    redrive: isRedriven ? redrive : undefined,
    guids: [...new Set([...(failure?.guids ?? []), ...guidsIn(body)])],
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

function whyNoReason(
  { Attributes, Body }: Received,
  { MessageAttributes = {} }: Message,
  kept: Kept | undefined,
): string {
  if (Attributes.DeadLetterQueueSourceArn !== undefined) return MOVED_BY_SQS;
  const [undelivered] = UNDELIVERED.flatMap(([code, text]) => {
    const [cause, words = ''] = [code, text].map((name) => MessageAttributes[name]?.StringValue);
    return cause === undefined ? [] : `not delivered: ${cause}${words && `: ${words}`}`;
  });
  if (undelivered !== undefined) return undelivered;
  if (hasRoomForFailure({ MessageBody: Body, MessageAttributes })) {
    return 'no reason, and SQS does not say that it moved it: sent here by somebody else?';
  }
  const where = kept?.otherwise ?? 'nothing keeps it';
  return `its message has no room for the reason, and ${where}: search the function's log for its id`;
}

function failureIn(text: string | undefined, sentTimestamp: number): ReportedFailure | undefined {
  const { data } = ReportedFailure.safeParse(jsonOrUndefined(text ?? ''));
  if (data?.origin === undefined || canPrecede(data.origin, sentTimestamp)) return data;
  return { ...data, origin: undefined };
}

function guidsIn(body: string): string[] {
  try {
    return readEvent(body).images.map(({ guid }) => guid);
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    // An event that breaks the contract may still name its images.
    return [...body.matchAll(UUID)].map(([guid]) => guid.toLowerCase());
  }
}
