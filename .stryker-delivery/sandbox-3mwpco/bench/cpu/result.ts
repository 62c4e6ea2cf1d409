// @ts-nocheck
import * as z from 'zod';
import { Spread } from '../statistics.ts';

/** One contender with batches of one size. */
const Row = z.object({
  contender: z.string(),
  records: z.int(),
  /** Microseconds of the processor per record. */
  microseconds: Spread,
  /** The same by the floor's, repeat by repeat. */
  ofFloor: Spread,
});
export type Row = z.output<typeof Row>;

/** Time of a batch over its records, in microseconds, as a straight line. */
const Fit = z.object({ perRecord: z.number(), fixed: z.number(), rSquared: z.number() });

/** The most memory that a process had, in mebibytes. */
const Memory = z.object({ contender: z.string(), payload: z.string(), mebibytes: Spread });

/** What the benchmark of the processor's time comes to. */
export const CpuResult = z.object({
  rows: z.array(Row),
  fits: z.record(z.string(), Fit),
  memory: z.array(Memory),
});
export type CpuResult = z.output<typeof CpuResult>;
