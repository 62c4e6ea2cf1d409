import { progress } from '@clack/prompts';
import { printable } from './printable.ts';
import { isTerminal, type Terminal } from './terminal.ts';

/** What the bar says where the process ends before it; by default that something went wrong. */
const CUT_SHORT = 'Stopped before the end';

/** To the line's beginning, and nothing after it (ECMA-48: CHA, ED). */
const WIPE = '\u001b[1G\u001b[J';

/** A bar for people. */
export interface Progress {
  readonly advance: (by: number, text: string) => void;
  readonly stop: (text: string) => void;
  /** Wipes it until its next frame, so that lines of a result can be written in its place. */
  readonly wipe: () => void;
}

/**
 * Starts a bar on standard error; without a terminal there is none.
 *
 * @param max how much there is to do, in whatever `advance` counts
 */
export function startProgress(
  { stderr, stdin }: Pick<Terminal, 'stderr' | 'stdin'>,
  max: number,
  text: string,
): Progress {
  if (!isTerminal(stderr)) return { advance: () => {}, stop: () => {}, wipe: () => {} };
  const bar = progress({ max: Math.max(1, max), output: stderr, errorMessage: CUT_SHORT });
  // Names of files are strangers' texts too.
  bar.start(printable(text));
  // The bar reads the keyboard raw, and ends the process with 0 when it reads Ctrl-C (1.9.0). In
  // the usual mode Ctrl-C is a signal, which lets a command finish what is under way.
  if ('setRawMode' in stdin && typeof stdin.setRawMode === 'function') stdin.setRawMode(false);
  return {
    advance: (by, now) => bar.advance(by, printable(now)),
    stop: (last) => bar.stop(printable(last)),
    wipe: () => stderr.write(WIPE),
  };
}
