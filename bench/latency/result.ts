import * as z from 'zod';

/** Events at one rate, with the window or without. */
const Row = z.object({
  setting: z.string(),
  eventsPerSecond: z.number(),
  events: z.int(),
  /** Seconds from sending to the moment when FinerWorks has applied it. */
  p50: z.number(),
  p99: z.number(),
  updateCalls: z.int(),
  listCalls: z.int(),
  invocations: z.int(),
  invocationSeconds: z.number(),
  /** Events that were not applied when the last one was sent. */
  waiting: z.int(),
});
export type Row = z.output<typeof Row>;

/** What the benchmark of latency comes to. */
export const LatencyResult = z.object({ rows: z.array(Row) });
export type LatencyResult = z.output<typeof LatencyResult>;
