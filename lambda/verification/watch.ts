import type { Values } from '../contract/fields.ts';
import type { Update } from '../images/change.ts';
import type { Shown } from './read-shown.ts';

/** Which calls are read back. */
export type Verify = 'all' | 'sample' | 'off';

/** What was known of a call before it was sent, for its images to be read back afterwards. */
export interface Watch {
  /** Whether it is the call's turn. */
  readonly isDue: boolean;
  /** What FinerWorks showed of each image; what it did not show can't be verified. */
  readonly before: ReadonlyMap<string, Shown>;
  /** What the invocation sent of each image before. */
  readonly earlier: ReadonlyMap<string, Values>;
  /** When the call began, in milliseconds since 1970. */
  readonly at: number;
  readonly account: string | null;
  /** Images of the call. */
  readonly images: number;
}

/** An update that was answered with success, and what FinerWorks showed of its image before. */
export interface Watched {
  readonly update: Update;
  readonly before: Shown;
  /** What the invocation sent of it before. */
  readonly earlier: Values | undefined;
}
