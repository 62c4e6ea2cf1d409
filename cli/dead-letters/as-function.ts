import * as z from 'zod';
import { pick } from 'zod/mini';
import { Config } from '../../lambda/config.ts';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import type { ImageEvent } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { orderOf, REDRIVE_ATTRIBUTE, Redrive } from '../../lambda/records/origin.ts';
import { refuseTimeAhead } from '../../lambda/records/time-ahead.ts';
import { refuseTimeTooOld } from '../../lambda/records/time-too-old.ts';
import type { Rejection } from '../../lambda/verdicts/reasons.ts';
import type { Message } from '../sending/send-messages.ts';
import { toLambdaAttributes } from './sdk-attributes.ts';

/** What the function's settings say of events; without them the usual ones count. */
export const ReadingLimits = z.object(
  pick(Config, {
    clockAheadMinutes: true,
    maxTimeAgeYears: true,
    maxTitleLength: true,
    maxDescriptionLength: true,
  }).shape,
);
export type ReadingLimits = z.output<typeof ReadingLimits>;

/** Why the function would reject a message as it is. */
interface Doom {
  readonly reason: Rejection;
  readonly detail: string;
}

/** Reads a message that is to be sent, as the function will: to its event, or to why it must die. */
export type ReadAsFunction = (message: Message) => { readonly event: ImageEvent } | Doom;

/** Reads messages by the function's own rules. What FinerWorks will say of their images nobody knows. */
export function readerAsFunction(limits: ReadingLimits): ReadAsFunction {
  const readEvent = explainingReader(limits);
  return ({ MessageBody = '', MessageAttributes = {} }) => {
    const redrive = Redrive.parse(
      jsonOrUndefined(MessageAttributes[REDRIVE_ATTRIBUTE]?.StringValue ?? ''),
    );
    try {
      const event = readEvent(MessageBody, toLambdaAttributes(MessageAttributes));
      const order = orderOf(redrive.origin, event);
      refuseTimeAhead(order, limits.clockAheadMinutes);
      refuseTimeTooOld(order, limits.maxTimeAgeYears);
      return { event };
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      return { reason: error.reason, detail: error.message };
    }
  };
}
