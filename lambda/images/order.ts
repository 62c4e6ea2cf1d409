import type { EventTime } from '../contract/event-time.ts';

/**
 * What makes one change newer than another, everywhere in this system. Never the arrival: standard
 * queues deliver out of order, and a retry or a redrive comes back hours later.
 */
export interface Order {
  /** When it happened, as the producer says; the first sending's time where it says nothing. */
  readonly time: EventTime;
  /** `SentTimestamp` of the first sending, in milliseconds since 1970. */
  readonly sentAt: number;
  /** Id of the event: it says nothing about age, but is the same on every delivery. */
  readonly id: string;
}

/** Negative where `a` is older than `b`, positive where it is newer, 0 for the same event. */
export function compareOrder(a: Order, b: Order): number {
  return compareTexts(a.time, b.time) || a.sentAt - b.sentAt || compareTexts(a.id, b.id);
}

/** By code units and not by locale, so that every sandbox decides the same. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
