import type { Figure } from '../pipeline.ts';
import type { Verdict } from '../verdicts/verdict.ts';

/** The metric that counts records of each verdict, in all and by reason. */
export const METRIC_OF = {
  applied: 'Acknowledged',
  unchanged: 'Acknowledged',
  superseded: 'Acknowledged',
  retry: 'Returned',
  rejected: 'DeadLettered',
} as const satisfies Record<Verdict['kind'], string>;

export const METRIC_OF_FIGURE = {
  images: 'Images',
  verified: 'Verified',
  rewritten: 'Rewritten',
  notTaken: 'NotTaken',
  unverifiable: 'Unverifiable',
  unverified: 'Unverified',
  callSize: 'CallSize',
  coalesced: 'Coalesced',
  superseded: 'Superseded',
  unchanged: 'Unchanged',
  calls: 'Calls',
  listCalls: 'ListCalls',
  ledgerReads: 'LedgerReads',
  ledgerWrites: 'LedgerWrites',
  isolationCalls: 'IsolationCalls',
  throttled: 'Throttled',
  keyReloads: 'KeyReloads',
  breakerOpenings: 'BreakerOpenings',
  notPostponed: 'NotPostponed',
  refusedImages: 'RefusedImages',
} as const satisfies Record<Figure, string>;

/**
 * Counts that alarms watch, each for people who do something else about it, where nothing failed. They are
 * written in every invocation: to an alarm, a metric that was never written compares with nothing.
 */
export const NO_ALARM = {
  /** Records returned because keys are refused or can't be read, and readings of the secret that failed. */
  KeyFailures: 0,
  /** Records returned because a success changed nothing. */
  ReturnedNotTaken: 0,
  /** Records dead-lettered for what their producer wrote. */
  InvalidEvents: 0,
  /** Records dead-lettered because FinerWorks refuses their images, or fails on these images alone. */
  FaultyImages: 0,
  /** Records given up although no image of theirs is known to be the cause. */
  RetriesExhausted: 0,
} as const;

/** Ages in seconds, of which the greatest matters, where nothing was returned. */
export const NO_AGES = {
  /** Of the oldest record that goes back, but for those whose images fail alone. */
  ReturnedAge: 0,
  /** Of the oldest record that goes back because its images fail alone. */
  FailingAge: 0,
} as const;

/** Every metric that the function writes; those by reason have the same names. */
export function metricNames(): string[] {
  return [
    ...new Set(['Records', ...Object.values(METRIC_OF), ...Object.values(METRIC_OF_FIGURE)]),
    ...Object.keys({ ...NO_ALARM, ...NO_AGES }),
    'Latency',
    'Heartbeats',
    // Written in processing.ts, while the secret can't be read.
    'KeysStale',
    // Written there too, where the trail of a batch can't be kept.
    'TrailFailed',
    // And where outcomes can't be told.
    'OutcomesLost',
  ];
}
