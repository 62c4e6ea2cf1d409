import type { CallApplied, CallRefused } from '../finerworks/classify.ts';
import type { Retried } from '../verdicts/verdict.ts';

/** A call was made and failed, for a cause that may pass. */
export interface CallFailed {
  readonly kind: 'failed';
  readonly verdict: Retried;
  /** It ran into its timeout: another attempt costs as much time. */
  readonly isSlow: boolean;
}

/** A call was not made. */
export interface CallBlocked {
  readonly kind: 'blocked';
  readonly verdict: Retried;
}

/** The result of a call. */
export type SendVerdict = CallApplied | CallRefused | CallFailed | CallBlocked;

/** How a call counts. */
export interface CallOptions {
  /** It holds an image that failed before: another failure says nothing about the account. */
  readonly isLikelyToFail?: boolean;
  /** Tried before in this invocation: a reset connection is not tried once more. */
  readonly isRepeated?: boolean;
}
