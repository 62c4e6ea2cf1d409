import type { TextLimits } from '../../lambda/contract/image.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { Message } from '../sending/send-messages.ts';
import { type Correction, corrected } from './correction.ts';
import type { DeadLetter } from './dead-letter.ts';
import { edited } from './edited.ts';
import { type DeadLetterFilter, matches } from './filter.ts';
import type { Plan } from './redrive.ts';
import { MAX_REDRIVES, nextCount, redriven, whyTooLarge } from './redriven-message.ts';

/** Which letters are to be redriven, and how. */
export interface RedriveRequest extends DeadLetterFilter, TextLimits {
  /** Even those that were redriven {@link MAX_REDRIVES} times. */
  readonly force: boolean;
  /** Values to be put into the events. */
  readonly set?: Correction | undefined;
  /** An event that somebody wrote, in the place of the letter's own. */
  readonly body?: string | undefined;
}

/** What to do with a letter; undefined where the request is not about it. */
export function planFor(letter: DeadLetter, request: RedriveRequest): Plan | undefined {
  if (!matches(letter, request)) return undefined;
  if (nextCount(letter) > MAX_REDRIVES && !request.force) {
    return {
      skipped: `was redriven ${MAX_REDRIVES} times and died each time: correct the cause, or use --force`,
    };
  }
  const message = messageFor(letter, request);
  if (typeof message === 'string') return { skipped: message };
  const why = whyTooLarge(message);
  return why === undefined ? { message } : { skipped: why };
}

/** @returns the message, or why there is none */
function messageFor(
  letter: DeadLetter,
  { set, body = letter.body, guid, maxTitleLength, maxDescriptionLength }: RedriveRequest,
): Message | string {
  if (set === undefined && body === letter.body) return redriven(letter);
  try {
    const text = set === undefined ? body : corrected(body, set, guid);
    const limits = { maxTitleLength, maxDescriptionLength };
    return edited(letter, text, { limits, now: Date.now() });
  } catch (error) {
    if (error instanceof RejectedEvent) return `can't be corrected: ${error.message}`;
    throw error;
  }
}
