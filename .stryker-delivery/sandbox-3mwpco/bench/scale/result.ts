// @ts-nocheck
import * as z from 'zod';

/** What a stretch of busy hours came to, in virtual time. */
const Row = z.object({
  size: z.string(),
  maxConcurrency: z.int(),
  virtualInventory: z.enum(['protect', 'remove']),
  /** For how long events were sent. */
  minutes: z.number(),
  events: z.int(),
  /** Updates and looks, from the first event until the queue was empty. */
  callsASecond: z.number(),
  /** By each second that an invocation takes. */
  eventsAnInvocationSecond: z.number(),
  /** The time of all invocations by that of their calls' answers. */
  ofItsCalls: z.number(),
  /** By each update. */
  eventsACall: z.number(),
  longestWaitSeconds: z.number(),
  violations: z.int(),
});
export type Row = z.output<typeof Row>;

/** What the simulation of sizes came to. */
export const ScaleResult = z.object({ rows: z.array(Row) });
export type ScaleResult = z.output<typeof ScaleResult>;
