import * as z from 'zod';
import { type Spread, spreadOf } from '../spread.ts';

/** What one run came to. */
export const RunFigures = z.object({
  updateCalls: z.int(),
  /** A full call for each 50 images that a batch changes, over all batches. */
  callsThatBatchesAllow: z.int(),
  listCalls: z.int(),
  /** From the start until the last change was in place. */
  seconds: z.number(),
  /** Seconds that answers took on average, by the chance of this run. */
  meanDelay: z.number(),
  mostCallsAtOnce: z.int(),
  invocations: z.int(),
  invocationSeconds: z.number(),
  /** Records that were left in the queue, each time counted. */
  returns: z.int(),
  deadLetters: z.int(),
  /** Events of known images in the dead-letter queue. */
  goodDeadLetters: z.int(),
  /** Known images that do not have their newest title in the end. */
  wrongImages: z.int(),
  ledgerReads: z.int(),
  /** Requests to the ledger's table, and writes of up to 1 KB, as they came to its socket. */
  tableRequests: z.int(),
  tableWrites: z.int(),
  logBytes: z.int(),
});
export type RunFigures = z.output<typeof RunFigures>;

/** Every run of one contender on one workload. */
const Runs = z.object({
  workload: z.string(),
  contender: z.string(),
  /** In the order of the repeats, at least one. */
  figures: z.array(RunFigures).min(1),
});
export type Runs = z.output<typeof Runs>;

/** What several contenders came to on several workloads. */
export const CallsResult = z.object({
  events: z.int(),
  /** Of each workload, how many images change at all. */
  changedImages: z.record(z.string(), z.int()),
  runs: z.array(Runs),
});
export type CallsResult = z.output<typeof CallsResult>;

/** Over the repeats. */
export function spreadOfRuns({ figures }: Runs, value: (run: RunFigures) => number): Spread {
  return spreadOf(figures.map(value));
}
