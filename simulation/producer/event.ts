import type { SQSMessageAttributes } from 'aws-lambda';
import type { EachField } from '../../lambda/contract/fields.ts';
import type { Rejection } from '../../lambda/verdicts/reasons.ts';

/** What an event wants of one image. */
export interface WantedImage extends Partial<EachField<string>> {
  /** Lower case, without braces. */
  readonly guid: string;
}

/** When an event happened, so fine that no two events have the same time. */
interface EventOrder {
  readonly milliseconds: number;
  /** Of the last millisecond. */
  readonly nanoseconds: number;
  readonly sentAt: number;
  readonly id: string;
}

/** A message as it is put on the queue. */
interface NewMessage {
  readonly body: string;
  readonly attributes: SQSMessageAttributes;
}

/** An event, with everything that its maker knows about it and the function has to find out. */
export interface ProducedEvent extends NewMessage {
  /** For people: `e12`. */
  readonly name: string;
  /** The stream that it belongs to, where there are streams. */
  readonly stream?: string;
  readonly messageId: string;
  /** The message id of its first sending: another one where it was redriven. */
  readonly originId: string;
  /** Why it can never be processed; undefined where it is a valid event. */
  readonly invalid: Rejection | undefined;
  readonly account: string | null;
  /** Sent whatever is there, and even if virtual inventory products are lost. */
  readonly force: boolean;
  readonly removeVirtualInventory: boolean;
  /** Empty where the event is invalid. */
  readonly images: readonly WantedImage[];
  readonly order: EventOrder;
}

/** Negative where `a` is older. Not the function's own code, so that it can contradict it. */
export function compareEvents({ order: a }: ProducedEvent, { order: b }: ProducedEvent): number {
  return (
    a.milliseconds - b.milliseconds ||
    a.nanoseconds - b.nanoseconds ||
    a.sentAt - b.sentAt ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}
