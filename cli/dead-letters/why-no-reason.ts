import type { Message } from '@aws-sdk/client-sqs';
import { hasRoomForFailure } from '../../lambda/settlement/dead-letter.ts';
import { FAILURE_ATTRIBUTE } from '../../lambda/settlement/failure.ts';
import type { Kept } from './reasons-beside.ts';

/** Said of a letter without a reason, because the process died. */
const MOVED_BY_SQS = 'moved by SQS itself';

/** Only messages that SQS moved itself have it (AWS: ReceiveMessage). */
const MOVED = 'DeadLetterQueueSourceArn';

/** Why EventBridge, or SNS, could not deliver an event, as they say in attributes (AWS: EventBridge, dead-letter queues). */
const UNDELIVERED = [
  ['ERROR_CODE', 'ERROR_MESSAGE'],
  ['ErrorCode', 'ErrorMessage'],
] as const;

/** Whether a reason may be kept beside a received message: the function sent it without one. */
export function mayHaveReasonBeside(message: Message): boolean {
  const { MessageAttributes = {}, Attributes = {} } = message;
  return !(FAILURE_ATTRIBUTE in MessageAttributes) && !(MOVED in Attributes);
}

/** Why a dead letter has no reason that can be read, for people. */
export function whyNoReason(message: Message, kept: Kept | undefined): string {
  const { Body = '', MessageAttributes = {}, Attributes = {} } = message;
  if (MOVED in Attributes) return MOVED_BY_SQS;
  const [undelivered] = UNDELIVERED.flatMap(([code, text]) => {
    const [cause, words = ''] = [code, text].map((name) => MessageAttributes[name]?.StringValue);
    return cause === undefined ? [] : `not delivered: ${cause}${words && `: ${words}`}`;
  });
  if (undelivered !== undefined) return undelivered;
  if (FAILURE_ATTRIBUTE in MessageAttributes) {
    return `its attribute ${FAILURE_ATTRIBUTE} is not as this version writes it: was a newer one, or somebody else, here?`;
  }
  if (hasRoomForFailure({ MessageBody: Body, MessageAttributes })) {
    return 'no reason, and SQS does not say that it moved it: sent here by somebody else?';
  }
  const where = kept?.otherwise ?? 'nothing keeps it';
  return `its message has no room for the reason, and ${where}: search the function's log for its id`;
}
