import type { Field, Values } from '../contract/fields.ts';
import type { Rejection, Retry } from './reasons.ts';

/** An answer of FinerWorks, for people who read the dead letter. */
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

/** The cause may pass: its record goes back to the queue. */
export interface Retried {
  readonly kind: 'retry';
  readonly reason: Retry;
  readonly detail: string;
  /** FinerWorks asked to wait so long. */
  readonly retryAfterSeconds?: number;
  /** The cause is over by then. */
  readonly retryWithinSeconds?: number;
  /** For `NotTaken`: fields that a list showed with a text that nobody sent. Rewritten, or the list was late. */
  readonly strange?: readonly Field[];
}

/** It can never succeed: only another event can. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: Rejection;
  readonly detail: string;
  /** The images at fault, where not all of the record's are. */
  readonly guids?: readonly string[];
  readonly http?: HttpExcerpt;
  /** For `RetriesExhausted`: the cause of the last failure. */
  readonly lastReason?: Retry;
}

/** What became of an update, and finally of a record. */
export type Verdict = Settled | Retried | Rejected;

/** Whether no call was made for it, for a cause that is over soon: it does not count as a failure. */
export function isUntried({ reason, retryWithinSeconds }: Retried): boolean {
  if (reason === 'Busy') return retryWithinSeconds !== undefined;
  return reason === 'Deferred' || reason === 'NoTimeLeft' || reason === 'BudgetSpent';
}

/** Whether the verdict lets its record be acknowledged. */
export function isSettled(verdict: Verdict): verdict is Settled {
  return verdict.kind !== 'retry' && verdict.kind !== 'rejected';
}
