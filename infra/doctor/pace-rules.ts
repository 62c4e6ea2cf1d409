import { shareOf } from '../../lambda/delivery/rate-limiter.ts';
import { timeForCalls } from '../../lambda/runtime/invocation-time.ts';
import { SAMPLE_INTERVAL } from '../../lambda/verification/sampler.ts';
import type { Settings } from '../setting-fields.ts';
import type { Rule } from './rule.ts';

/** With so many calls at once, set a limit: the API documents none. */
const UNPACED_CONCURRENCY = 10;

/** The traps of time: calls, their pace, and the invocation that has to hold them. */
export const PACE_RULES: readonly Rule[] = [
  {
    name: 'call-time',
    setting: 'timeoutSeconds',
    level: 'refuse',
    check: (settings) =>
      usableSeconds(settings) <= settings.callTimeoutSeconds
        ? 'must leave room for a call of callTimeoutSeconds: up to a quarter is kept for dead letters and the answer to Lambda'
        : undefined,
  },
  {
    name: 'pace-of-one',
    setting: 'callsPerSecond',
    level: 'refuse',
    check: (settings) => {
      const share = shareOf(settings);
      if (share === undefined) return undefined;
      const wait = callsFor(1, settings) / share;
      return wait + settings.callTimeoutSeconds > usableSeconds(settings)
        ? `leaves each of maxConcurrency=${settings.maxConcurrency} invocations one call in ${rounded(1 / share)} s, more than timeoutSeconds has room for: raise it, or lower maxConcurrency`
        : undefined;
    },
  },
  {
    name: 'pace-of-batch',
    setting: 'callsPerSecond',
    level: 'warn',
    check: (settings) => {
      const share = shareOf(settings);
      if (share === undefined) return undefined;
      const calls = callsFor(settings.batchSize, settings);
      const [needed, usable] = [calls / share, usableSeconds(settings)];
      return needed > usable
        ? `makes the ${calls} calls of a full batch take ${rounded(needed)} s of the ${rounded(usable)} s there are, so that records come back unsent and use up receives: lower maxConcurrency or batchSize`
        : undefined;
    },
  },
  {
    name: 'no-pace',
    setting: 'maxConcurrency',
    level: 'warn',
    check: ({ maxConcurrency, callsAtOnce, callsPerSecond, virtualInventory }) => {
      if (maxConcurrency * callsAtOnce <= UNPACED_CONCURRENCY || callsPerSecond !== undefined)
        return undefined;
      // Beside the updates, one preflight more may be under way.
      const preflights = virtualInventory === 'protect' ? callsAtOnce + 1 : 0;
      return `calls FinerWorks up to ${maxConcurrency * (callsAtOnce + preflights)} times at once, which documents no limit: set callsPerSecond too`;
    },
  },
];

/** Calls for so many images, with preflights and lists that read back. */
export function callsFor(images: number, settings: Settings): number {
  const { maxImagesPerCall, virtualInventory, verify } = settings;
  const updates = Math.ceil(images / maxImagesPerCall);
  const readBack = { all: updates, sample: Math.floor(updates / SAMPLE_INTERVAL), off: 0 }[verify];
  // Without a preflight, images that are read back are listed before the call too.
  return virtualInventory === 'protect' ? 2 * updates + readBack : updates + 2 * readBack;
}

/** Seconds of an invocation in which calls may run. */
export function usableSeconds({ timeoutSeconds }: Settings): number {
  return timeForCalls(timeoutSeconds * 1_000) / 1_000;
}

function rounded(seconds: number): string {
  return String(Math.round(seconds * 10) / 10);
}
