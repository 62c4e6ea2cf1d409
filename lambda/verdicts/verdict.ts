import type { Field, Values } from '../images/change.ts';
import type { Rejection, Retry } from './reasons.ts';

/** What an answer of FinerWorks looked like, for whoever reads the dead letter. */
export interface HttpExcerpt {
  readonly status: number;
  /** The beginning of the answer's text, without the keys. */
  readonly excerpt: string;
}

/** It went well: its record may be acknowledged. */
export type Settled =
  /** FinerWorks confirmed it; `stored` is what it stores instead of what was sent, field by field. */
  | { readonly kind: 'applied'; readonly stored?: Values }
  /** FinerWorks has the value already: there was nothing to send. */
  | { readonly kind: 'unchanged' }
  /** A newer value was confirmed before: this one would bring an old value back. */
  | { readonly kind: 'superseded' };

/** Time may cure it. */
export interface Retried {
  readonly kind: 'retry';
  readonly reason: Retry;
  readonly detail: string;
  /** FinerWorks asked to be left alone for so long. */
  readonly retryAfterSeconds?: number;
  /** What stands in the way is over by then, so that nothing need wait longer. */
  readonly retryWithinSeconds?: number;
  /** Fields that a list showed as nobody sent them, for `NotTaken`: rewritten, or the list was late. */
  readonly strange?: readonly Field[];
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
export type Verdict = Settled | Retried | Rejected;

/** No call was made for it, for a cause that is over soon: it comes back without counting as a failure. */
export function isUntried({ reason, retryWithinSeconds }: Retried): boolean {
  if (reason === 'Busy') return retryWithinSeconds !== undefined;
  return reason === 'Deferred' || reason === 'NoTimeLeft' || reason === 'BudgetSpent';
}

/** Whether the record may be acknowledged as far as this goes. */
export function isSettled(verdict: Verdict): verdict is Settled {
  return verdict.kind !== 'retry' && verdict.kind !== 'rejected';
}
