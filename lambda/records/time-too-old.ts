import { type EventTime, eventTimeOf, LAST_EVENT_TIME } from '../contract/event-time.ts';
import { RejectedEvent } from '../contract/rejected-event.ts';
import type { Order } from '../images/order.ts';

const SECOND = 1_000;
const DAY = 86_400_000;
const YEAR = 365.25 * DAY;

/**
 * A bound to compare with, so that not every bound must be formatted: it holds for every sending until
 * `sentAt` with the same number of years. Nearly every time is after it.
 */
let known = { time: '', sentAt: Number.NEGATIVE_INFINITY, years: 0 };

/**
 * A time from before anything was sold online is a default that nobody set: 0001-01-01, 1970, or seconds
 * taken for milliseconds. Such an event would be older than every change, and always be acknowledged as
 * superseded. Its time is compared with its own sending, so that every delivery of it decides the same.
 *
 * @throws {RejectedEvent} `TimeTooOld`
 */
export function refuseTimeTooOld({ time, sentAt }: Order, years: number): void {
  if (time >= known.time && sentAt <= known.sentAt && years === known.years) return;
  const earliest = earliestOf(sentAt, years);
  if (time >= earliest) {
    known = { time: earliestOf(sentAt + DAY, years), sentAt: sentAt + DAY, years };
    return;
  }
  throw new RejectedEvent(
    'TimeTooOld',
    `time: ${time} is more than ${years} years before it was sent, ${eventTimeOf(Math.min(sentAt, LAST_EVENT_TIME))}; ${guessOf(time, { earliest, sentAt })}`,
  );
}

function earliestOf(sentAt: number, years: number): EventTime {
  return eventTimeOf(Math.min(sentAt, LAST_EVENT_TIME) - years * YEAR);
}

/** The usual cause of such a time. */
function guessOf(time: EventTime, { earliest, sentAt }: { earliest: EventTime; sentAt: number }) {
  const asSeconds = Date.parse(time) * SECOND;
  if (asSeconds >= Date.parse(earliest) && asSeconds <= sentAt + DAY) {
    return `were seconds taken for milliseconds? They would be ${eventTimeOf(asSeconds)}`;
  }
  return 'a default value, where none was set?';
}
