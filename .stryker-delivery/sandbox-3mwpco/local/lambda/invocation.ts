// @ts-nocheck
import * as z from 'zod';

/** What the parent asks of a sandbox. */
export const Invocation = z.object({
  requestId: z.string(),
  event: z.unknown(),
  /** When Lambda would end it, in milliseconds since 1970. */
  deadline: z.number(),
});
export type Invocation = z.output<typeof Invocation>;

/** What a sandbox answers: the handler's answer as JSON text, or the error that it threw. */
export const Result = z.union([
  z.object({ requestId: z.string(), answer: z.string() }),
  z.object({ requestId: z.string(), error: z.string() }),
]);
export type Result = z.output<typeof Result>;
