// @ts-nocheck
import type { Usage } from '../../docs/cost/prices.ts';
import { PIPES } from '../calls/contenders.ts';
import type { RunFigures } from '../calls/measure-run.ts';

/** So many messages are in one request to SQS, at best (AWS: SQS quotas, batched actions). */
const QUEUE_BATCH = 10;
/** The stack's default; the peers get the same. */
const MEMORY_GIGABYTES = 0.5;
/** Where a queue serves a whole year, keys are read every 300 s by each of two sandboxes. */
const KEYS_CACHE_SECONDS = 300;

/** What a run used of AWS, sending its events included. */
export function usageOf(contender: string, events: number, figures: RunFigures): Usage {
  const { returns, deadLetters, updateCalls, invocations, invocationSeconds } = figures;
  const isPipe = contender === PIPES.name;
  // What a pipe leaves in the queue comes back, and is one more call.
  const receives = isPipe ? updateCalls : events + returns;
  const messages = events + receives + events + deadLetters + (isPipe ? 0 : returns);
  return {
    queueRequest: messages / QUEUE_BATCH,
    lambdaRequest: invocations,
    lambdaTime: invocationSeconds * MEMORY_GIGABYTES,
    secretRead: invocationSeconds / KEYS_CACHE_SECONDS,
    ledgerRead: figures.ledgerReads,
    ledgerWrite: figures.ledgerWrites,
    log: figures.logBytes,
    ...(isPipe && { pipeRequest: updateCalls, destinationCall: updateCalls }),
  };
}
