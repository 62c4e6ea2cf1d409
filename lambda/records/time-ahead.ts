import { type EventTime, eventTimeOf } from '../contract/event-time.ts';
import { RejectedEvent } from '../contract/rejected-event.ts';
import type { Order } from '../images/order.ts';

const MINUTE = 60_000;

/**
 * A moment to compare with, so that not every time must be parsed: a little after the newest time that
 * passed. Nearly every time is before it, and it is before nearly every limit.
 */
let known = { time: '', milliseconds: Number.NEGATIVE_INFINITY };

/**
 * An event from far in the future would be newer than every change until then, and freeze its images.
 * Its time is compared with its own sending, so that every delivery of it decides the same.
 *
 * @throws {RejectedEvent} `TimeAhead`
 */
export function refuseTimeAhead({ time, sentAt }: Order, minutes: number): void {
  const latest = sentAt + minutes * MINUTE;
  if (time <= known.time && known.milliseconds < latest) return;
  if (isBefore(time, latest)) return;
  throw new RejectedEvent(
    'TimeAhead',
    `time: ${time} is more than ${minutes} minutes after it was sent, ${eventTimeOf(sentAt)}`,
  );
}

function isBefore(time: EventTime, latest: number): boolean {
  const milliseconds = Date.parse(time);
  // Milliseconds decide nearly every case; only the texts are finer.
  if (milliseconds >= latest) return time <= eventTimeOf(latest);
  if (time > known.time) {
    known = { time: eventTimeOf(milliseconds + MINUTE), milliseconds: milliseconds + MINUTE };
  }
  return true;
}
