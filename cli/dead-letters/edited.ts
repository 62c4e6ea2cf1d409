import { unwrap } from '../../lambda/contract/envelopes.ts';
import { eventTimeOf } from '../../lambda/contract/event-time.ts';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { FIELDS } from '../../lambda/contract/fields.ts';
import type { TextLimits } from '../../lambda/contract/image.ts';
import { eventReader, type ImageEvent } from '../../lambda/contract/image-event.ts';
import { parseJson } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { toSqsText } from '../../lambda/queue/sqs-text.ts';
import { withTime } from '../events/edit.ts';
import type { Message } from '../sending/send-messages.ts';
import type { DeadLetter } from './dead-letter.ts';
import { redriven, redrivenCorrected } from './redriven-message.ts';
import { toLambdaAttributes } from './sdk-attributes.ts';

/**
 * The message of an event that somebody edited. What it changes of images decides its place in the order:
 *
 * - the same values, and only another permission (`force`, `removeVirtualInventory`): its old place, so that
 *   it does not overwrite what has come since;
 * - a time that somebody wrote: that time;
 * - other values: the present, since a correction is newer than the event, and than all changes in between.
 *
 * @param options.now milliseconds since 1970
 * @throws {RejectedEvent} where the edited event breaks the contract
 */
export function edited(
  letter: DeadLetter,
  text: string,
  { limits, now }: { readonly limits: TextLimits; readonly now: number },
): Message {
  const time = timeSaidIn(text);
  const isNewTime = time !== undefined && time !== timeSaidIn(letter.body);
  if (!isNewTime && hasSameValues(letter, text)) {
    explainingReader(limits)(text, toLambdaAttributes(letter.attributes));
    return redriven(letter, toSqsText(text));
  }
  const timed = isNewTime ? text : withTime(text, eventTimeOf(now));
  explainingReader(limits)(timed);
  return redrivenCorrected(letter, timed, now);
}

function hasSameValues({ body, attributes }: DeadLetter, text: string): boolean {
  const [before, after] = [body, text].map((one) => valuesIn(one, attributes));
  return before !== undefined && before === after;
}

const readEvent = eventReader({});

/** What an event sets, as a text to compare; undefined where it breaks the contract. */
function valuesIn(text: string, attributes: DeadLetter['attributes']): string | undefined {
  let event: ImageEvent;
  try {
    event = readEvent(text, toLambdaAttributes(attributes));
  } catch (error) {
    if (error instanceof RejectedEvent) return undefined;
    throw error;
  }
  const { account, images } = event;
  return JSON.stringify([
    account,
    images.map((image) => [image.guid, ...FIELDS.map((field) => image[field])]),
  ]);
}

/** The time that an event itself says, whatever it is; undefined where it says none or can't be read. */
function timeSaidIn(text: string): string | undefined {
  try {
    const { body, envelope } = unwrap(parseJson(text));
    return envelope.time ?? (isSaid(body.time) ? JSON.stringify(body.time) : undefined);
  } catch (error) {
    if (error instanceof RejectedEvent) return undefined;
    throw error;
  }
}

function isSaid(time: unknown): boolean {
  return time !== undefined && time !== null;
}
