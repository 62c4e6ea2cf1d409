import type { Rejection, Retry } from '../reasons.ts';

/** What an answer of FinerWorks looked like, for whoever reads the dead letter. */
export interface HttpExcerpt {
  readonly status: number;
  /** The beginning of the answer's text, without the keys. */
  readonly excerpt: string;
}

/** FinerWorks confirmed it. */
export interface Applied {
  readonly kind: 'applied';
}

/** Time may cure it. */
export interface Retried {
  readonly kind: 'retry';
  readonly reason: Retry;
  readonly detail: string;
  /** FinerWorks asked to be left alone for so long. */
  readonly retryAfterSeconds?: number;
}

/** Nothing but another event can cure it. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: Rejection;
  readonly detail: string;
  /** The images at fault, where it is known that not all of the record's are. */
  readonly guids?: readonly string[];
  readonly http?: HttpExcerpt;
  /** What stood in the way at the last of all attempts, for `RetriesExhausted`. */
  readonly lastReason?: Retry;
}

/** What became of an update, and in the end of a record. */
export type Verdict = Applied | Retried | Rejected;
