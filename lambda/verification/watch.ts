import type { Values } from '../contract/fields.ts';
import type { Update } from '../images/change.ts';
import type { Shown } from './read-shown.ts';

/** Which calls are read back. */
export type Verify = 'all' | 'sample' | 'off';

/** What was known of a call before it was sent, to read its images back afterwards. */
export interface Watch {
  /** Whether it is the call's turn. */
  readonly isDue: boolean;
  /** The texts of each image before; undefined where it was not listed, and can't be verified. */
  readonly before: ReadonlyMap<string, Shown | undefined>;
  /** The values that the invocation sent of each image before. */
  readonly earlier: ReadonlyMap<string, Values>;
  /** When the call began, in milliseconds since 1970. */
  readonly at: number;
  readonly account: string | null;
  /** Images of the call. */
  readonly images: number;
}

/** An update that was answered with success, and the texts of its image before. */
export interface Watched {
  readonly update: Update;
  readonly before: Shown;
  /** The values that the invocation sent of it before. */
  readonly earlier: Values | undefined;
}
