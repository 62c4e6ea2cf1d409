import type { ProducedEvent } from '../producer/event.ts';

/** A message in the queue. */
export interface Message {
  readonly event: ProducedEvent;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
  receivedAt: number;
  /** When it was first received; undefined before. */
  firstReceivedAt?: number;
  /** How often it was received while it was in flight. */
  duplicates: number;
  /** Only the newest one is sure to work. */
  handle: string;
}

/** One receive of a message. */
export interface Received {
  readonly message: Message;
  readonly handle: string;
  readonly receives: number;
  readonly receivedAt: number;
  readonly firstReceivedAt: number;
}
