import { readSettings } from '../infra/settings.ts';
import { logBytes } from '../scripts/docs/cost/backfill.ts';
import { dollarsOf } from '../scripts/docs/cost/prices.ts';
import { trailOf } from '../scripts/docs/cost/trail-batch.ts';
import type { Run } from '../simulation/simulate.ts';

/** So many messages are in one request to SQS, at best (AWS: SQS quotas, batched actions). */
const QUEUE_BATCH = 10;
const MEGABYTES_A_GIGABYTE = 1_024;

/** What AWS asks for a run on the simulation's clock with the defaults, each event about one image. */
export function dollarsOfRun({ figures, tempo, ledger }: Omit<Run, 'trace'>): number {
  const { memoryMegabytes, keysCacheSeconds } = readSettings({});
  const { events, invocations } = figures;
  const seconds = tempo.invocationTime / 1_000;
  const meanBatch = { records: Math.round(events / invocations), imagesPerEvent: 1 };
  return dollarsOf({
    // Sent and deleted in full requests, received as it was.
    queueRequest: (2 * events) / QUEUE_BATCH + tempo.receives,
    lambdaRequest: invocations,
    lambdaTime: seconds * (memoryMegabytes / MEGABYTES_A_GIGABYTE),
    secretRead: seconds / keysCacheSeconds,
    ledgerRead: ledger.reads,
    ledgerWrite: ledger.writes,
    trailWrite: invocations * trailOf(meanBatch).writeUnits,
    log: logBytes(invocations, events),
  });
}
