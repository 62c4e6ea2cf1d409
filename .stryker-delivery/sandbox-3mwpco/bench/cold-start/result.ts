// @ts-nocheck
import * as z from 'zod';
import { Spread } from '../statistics.ts';

/** What one start took, all in milliseconds. */
export const Start = z.object({
  importing: z.number(),
  /** Time of the processor, all threads together. */
  importingCpu: z.number(),
  firstInvocation: z.number(),
  secondInvocation: z.number(),
});
export type Start = z.output<typeof Start>;

/** Every start of one contender. */
const Row = z.object({
  contender: z.string(),
  /** Minified, as a cold start reads them. */
  bytesAtStart: z.int(),
  bytesLater: z.int(),
  importing: Spread,
  importingCpu: Spread,
  /** By the floor's importing, repeat by repeat. */
  importingOfFloor: Spread,
  firstInvocation: Spread,
  /** Importing and the first invocation together. */
  untilFirstBatch: Spread,
  secondInvocation: Spread,
});
export type Row = z.output<typeof Row>;

/** What the benchmark of cold starts comes to. */
export const ColdStartResult = z.object({ repeats: z.int(), rows: z.array(Row) });
export type ColdStartResult = z.output<typeof ColdStartResult>;
