import type { Update } from '../images/change.ts';
import type { Retried } from '../verdicts/verdict.ts';

/** Updates of one account that are sent together. */
export interface UpdateSet {
  readonly account: string | null;
  readonly updates: readonly Update[];
  /** The preflight has checked them. */
  readonly isChecked: boolean;
  /** An earlier success left them out of its list. */
  readonly isSecondTry?: boolean;
}

/** What a refusal says about single images. */
export interface Hints {
  /** The answer's words, in lower case. */
  readonly prose: string;
  /** The images that the answer lists, where it lists any. */
  readonly listed: ReadonlySet<string> | undefined;
}

/** A set with images that are not decided yet. */
export type Unresolved = {
  readonly set: UpdateSet;
  /** When that was seen, in milliseconds since 1970. */
  readonly at: number;
  /** The rest of a larger set, of which other images did not go through either. */
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

/** What is known of a set after it was sent, or could not be. */
export type Finding =
  | Unresolved
  /** All of it went through, or was decided without a call. */
  | { readonly kind: 'good' }
  /** Not sent, and not to be sent again in this invocation. */
  | { readonly kind: 'blocked' };

export const GOOD: Finding = { kind: 'good' };
