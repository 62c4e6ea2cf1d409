import type { Settings } from '../scenario.ts';
import type { Report } from './violation.ts';

/**
 * In any span of time the whole deployment makes at most `callsPerSecond` calls a second, and one
 * more for each sandbox, whose one token may have been earned before.
 */
export function checkRate(
  times: readonly number[],
  { callsPerSecond, maxConcurrency }: Settings,
  report: Report,
): void {
  if (callsPerSecond === undefined) return;
  // How many calls too many there were so far; the worst span begins where this is least.
  let least = Number.POSITIVE_INFINITY;
  for (const [count, at] of times.entries()) {
    const ahead = count - (at / 1_000) * callsPerSecond;
    least = Math.min(least, ahead);
    if (ahead - least > maxConcurrency - 1 + 0.01) {
      report('TooFast', `${ahead - least + 1} calls at once at ${at}`);
      return;
    }
  }
}
