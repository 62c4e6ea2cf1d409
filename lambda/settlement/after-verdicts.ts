import type { RecordOutcome } from './settle.ts';

/** The most that an invocation waits for it, in milliseconds: no verdict depends on it. */
const LONGEST = 2_000;

/** When and where records were settled. */
export interface SettledContext {
  readonly requestId: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Keeps or tells what became of the records of an invocation, best effort. Never throws. */
export type AfterVerdicts = (
  outcomes: readonly RecordOutcome[],
  context: SettledContext,
) => Promise<void>;

/** Aborts after 2 s, and never later than half of what is left of the invocation. */
export function timeAfterVerdicts({ remainingMilliseconds }: SettledContext): AbortSignal {
  const longest = Math.min(LONGEST, Math.floor(remainingMilliseconds / 2));
  return AbortSignal.timeout(Math.max(0, longest));
}
