import { callsFor, usableSeconds } from '../../../infra/doctor/pace-rules.ts';
import type { Settings } from '../../../infra/setting-fields.ts';
import { shareOf } from '../../../lambda/delivery/rate-limiter.ts';
import { dollarsOf, type Usage } from './prices.ts';
import { trailOf } from './trail-batch.ts';

/** So many entries are in one request to SQS (AWS: SQS quotas, batched actions). */
const QUEUE_BATCH = 10;
/** Reading, coalescing, the ledger's requests and logging, for one batch: an assumption. */
const OVERHEAD_SECONDS = 1;
/** The ledger reads each image once, and writes it before and after the call (docs/ledger.md). */
const LEDGER_WRITES = 2;
/** Log of an invocation, and of each record in it; a test holds them above what is really written. */
const LOG_BYTES = 4_000;
const LOG_BYTES_OF_RECORD = 10;

/** Many images to send, and how FinerWorks answers. */
export interface Backfill {
  readonly images: number;
  readonly imagesPerEvent: number;
  /** How long FinerWorks takes for a call; nobody has measured it here. */
  readonly secondsPerCall: number;
}

/** What a backfill takes. */
export interface Estimate {
  readonly calls: number;
  readonly invocations: number;
  readonly hours: number;
  readonly usage: Usage;
  readonly dollars: number;
  /** Whether an invocation has the time for a full batch; else the rest comes back, for later. */
  readonly fits: boolean;
}

/** How long a backfill takes and what it costs, if nothing fails and every image is new. */
export function estimate(backfill: Backfill, settings: Settings): Estimate {
  const { images, imagesPerEvent, secondsPerCall } = backfill;
  const events = Math.ceil(images / imagesPerEvent);
  const calls = callsFor(images, settings);
  const share = shareOf(settings);
  const interval = Math.max(
    secondsPerCall / settings.callsAtOnce,
    share === undefined ? 0 : 1 / share,
  );
  const invocations = Math.ceil(events / settings.batchSize);
  const seconds = calls * interval + invocations * OVERHEAD_SECONDS;
  const usage = {
    // Sent, received and deleted.
    queueRequest: (3 * events) / QUEUE_BATCH,
    lambdaRequest: invocations,
    lambdaTime: seconds * (settings.memoryMegabytes / 1_024),
    ...(settings.ledger === 'on' && { ledgerRead: images, ledgerWrite: LEDGER_WRITES * images }),
    ...(settings.trailDays > 0 && { trailWrite: trailWrites(backfill, settings, invocations) }),
    secretRead: seconds / settings.keysCacheSeconds,
    log: logBytes(invocations, events),
  };
  const hours = seconds / settings.maxConcurrency / 3_600;
  const callsOfBatch = callsFor(settings.batchSize * imagesPerEvent, settings);
  const fits = callsOfBatch * interval <= usableSeconds(settings);
  return { calls, invocations, hours, usage, dollars: dollarsOf(usage), fits };
}

/** An item for each batch, paid for by its size. */
function trailWrites({ imagesPerEvent }: Backfill, { batchSize }: Settings, invocations: number) {
  return invocations * trailOf({ records: batchSize, imagesPerEvent }).writeUnits;
}

/** Bytes of log that batches write, at most. */
export function logBytes(invocations: number, records: number): number {
  return invocations * LOG_BYTES + records * LOG_BYTES_OF_RECORD;
}
