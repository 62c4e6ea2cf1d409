import type { Update } from '../images/change.ts';
import type { Retried } from '../verdicts/verdict.ts';

/** Updates of one account that are sent together. */
export interface UpdateSet {
  readonly account: string | null;
  readonly updates: readonly Update[];
  /** The preflight has seen them. */
  readonly isChecked: boolean;
  /** Left out of the list of a success before. */
  readonly isSecondTry?: boolean;
}

/** What a refusal says of single images. */
export interface Hints {
  /** The answer's words, in lower case. */
  readonly prose: string;
  /** The images that the answer lists, where it lists any. */
  readonly listed: ReadonlySet<string> | undefined;
}

/** A set of which something is still open. */
export type Unresolved = {
  readonly set: UpdateSet;
  /** When that was seen, in milliseconds since 1970. */
  readonly at: number;
  /** What is left of a larger set that also held others which did not go through. */
  readonly isRest?: boolean;
} & (
  | {
      /** It holds at least one image that is refused. The hints order the search and prove nothing. */
      readonly kind: 'refused';
      readonly hints: Hints;
    }
  /** Too large a request: nothing is known of its images. */
  | { readonly kind: 'tooLarge' }
  /** The call failed, for a cause that may pass or may be one of the images. */
  | { readonly kind: 'failed'; readonly verdict: Retried; readonly isSlow: boolean }
  /** A success did not list these images. */
  | { readonly kind: 'leftOut' }
);

/** What is known of a set once it was sent, or could not be. */
export type Finding =
  | Unresolved
  /** All of it went through, or was decided without a call. */
  | { readonly kind: 'good' }
  /** Not sent, and not to be sent again in this invocation. */
  | { readonly kind: 'blocked' };

export const GOOD: Finding = { kind: 'good' };
