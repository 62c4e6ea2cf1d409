// @ts-nocheck
import * as z from 'zod';
import { RunFigures } from './measure-run.ts';

/** Every run of one contender on one workload. */
const Runs = z.object({
  workload: z.string(),
  contender: z.string(),
  /** In the order of the repeats, at least one. */
  figures: z.array(RunFigures).min(1),
});
export type Runs = z.output<typeof Runs>;

/** What several contenders came to on several workloads. */
export const RaceResult = z.object({
  events: z.int(),
  /** Of each workload, how many images change at all. */
  changedImages: z.record(z.string(), z.int()),
  runs: z.array(Runs),
});
export type RaceResult = z.output<typeof RaceResult>;

/** What batches of one size came to, where nothing fails. */
const BatchSizeRun = z.object({
  workload: z.string(),
  batchSize: z.int(),
  updateCalls: z.int(),
  fewestCalls: z.int(),
  invocations: z.int(),
});
export type BatchSizeRun = z.output<typeof BatchSizeRun>;

/** What the benchmark of calls and drain time comes to. */
export const CallsResult = RaceResult.extend({ batchSizes: z.array(BatchSizeRun) });
export type CallsResult = z.output<typeof CallsResult>;
