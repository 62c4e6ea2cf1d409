// @ts-nocheck
import * as z from 'zod';
import { Spread } from '../statistics.ts';

/** What one run at one rate, with the window or without, showed. */
export interface LatencyRun {
  /** Seconds from sending to the moment when FinerWorks has applied it. */
  readonly p50: number;
  readonly p99: number;
  /** Events that were not applied when the last one was sent. */
  readonly waiting: number;
  /** Events a second, from the first sending until the last invocation ended. */
  readonly appliedASecond: number;
  readonly imagesACall: number;
  /** What Lambda would bill for, of each 1,000 events that were applied. */
  readonly invocationSecondsOfThousand: number;
}

/** The repeats of one rate and setting. */
const Row = z.object({
  setting: z.string(),
  eventsPerSecond: z.number(),
  p50: Spread,
  p99: Spread,
  waiting: Spread,
  appliedASecond: Spread,
  imagesACall: Spread,
  invocationSecondsOfThousand: Spread,
});
export type Row = z.output<typeof Row>;

/** What the benchmark of latency comes to. */
export const LatencyResult = z.object({ repeats: z.int(), rows: z.array(Row) });
export type LatencyResult = z.output<typeof LatencyResult>;
