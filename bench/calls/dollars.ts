import { dollarsOf, type Usage } from '../../scripts/docs/cost/prices.ts';
import type { RunFigures, Runs } from './result.ts';
import { spreadOfRuns } from './result.ts';

const MILLION = 1_000_000;
/** So many messages are in one request to SQS, at best (AWS: SQS quotas, batched actions). */
const QUEUE_BATCH = 10;
/** The stack's default; the peers get the same. */
const MEMORY_GIGABYTES = 0.5;
/** Where a queue serves a whole year, keys are read every 300 s by each of two sandboxes. */
const KEYS_CACHE_SECONDS = 300;

/** What AWS asks for a million such events, at the median over the repeats. */
export function dollarsPerMillion(runs: Runs, events: number): number {
  const { median } = spreadOfRuns(runs, (run) => dollarsOf(usageOf(events, run)));
  return (median / events) * MILLION;
}

/** What a run used of AWS, sending its events included. */
function usageOf(events: number, run: RunFigures): Usage {
  // Each event is sent, received and deleted; what is returned is received and hidden once more.
  const messages = 3 * events + 2 * run.returns + run.deadLetters;
  return {
    queueRequest: messages / QUEUE_BATCH,
    lambdaRequest: run.invocations,
    lambdaTime: run.invocationSeconds * MEMORY_GIGABYTES,
    secretRead: run.invocationSeconds / KEYS_CACHE_SECONDS,
    ledgerRead: run.ledgerReads,
    ledgerWrite: run.tableWrites,
    log: run.logBytes,
  };
}
