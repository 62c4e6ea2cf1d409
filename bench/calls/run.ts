import { setTimeout as sleep } from 'node:timers/promises';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { LocalQueues } from '../../local/aws/queues.ts';
import type { StandIn } from '../../local/finerworks/stand-in.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { answerDelays } from '../answer-delays.ts';
import { Batches } from './batches.ts';
import { type Contender, isOurs } from './contenders.ts';
import { INVOCATIONS_AT_ONCE } from './limit.ts';
import type { RunFigures } from './result.ts';
import { tableTraffic } from './table-traffic.ts';
import type { Workload } from './workloads.ts';

const LOOK_INTERVAL = 100;
/** Where a peer's work is done and images that FinerWorks does not know are left: nothing takes long then. */
const LEFT_SECONDS = 5;
/** Without any change in the queue's depth for so long, something hangs. */
const PATIENCE_SECONDS = 400;

const Guids = z.object({ guid: z.string() });

/**
 * Runs one contender through one workload: the whole system, and real sockets.
 *
 * @param seed of the delays of answers
 */
export async function runWorkload(
  contender: Contender,
  workload: Workload,
  seed: string,
): Promise<RunFigures> {
  let logBytes = 0;
  const batches = new Batches();
  await using system = await startLocalSystem({
    ...contender.options,
    ...(workload.hasUnknownImages && contender.optionsWhereRefused),
    ...batches.listeners,
    timeoutSeconds: 120,
    batchSize: 500,
    batchingWindowSeconds: 5,
    maxConcurrency: INVOCATIONS_AT_ONCE,
    onLine: (line) => {
      logBytes += Buffer.byteLength(line) + 1;
    },
  });
  const { standIn, queues, tally } = system;
  // Only an image of the inventory library is listed, and so can be read back.
  standIn.images.add(workload.knownGuids, { library: 'inventory' });
  const { intercept, traffic: answered } = answerDelays(seed, workload.throttledShare);
  standIn.intercept = intercept;
  await queues.send(workload.bodies);
  using traffic = tableTraffic(system.ledger);

  const begin = performance.now();
  system.start();
  await drained(system, () => {
    const isWaitingForNothing = workload.hasUnknownImages && wrongImages(standIn, workload) === 0;
    return isWaitingForNothing && !isOurs(contender.name) ? LEFT_SECONDS : undefined;
  });

  const deadLetters = await queues.deadLetters();
  return {
    ...callsOf(standIn),
    callsThatBatchesAllow: batches.fewestCalls,
    seconds: (standIn.images.lastUpdate - begin) / 1_000,
    meanDelay: answered.seconds / Math.max(1, answered.answers),
    mostCallsAtOnce: answered.mostAtOnce,
    invocations: tally.invocations,
    invocationSeconds: tally.invocationSeconds,
    returns: tally.returns,
    deadLetters: deadLetters.length,
    goodDeadLetters: deadLetters.filter(({ body }) =>
      workload.finalTitles.has(Guids.parse(jsonOrUndefined(body)).guid),
    ).length,
    wrongImages: wrongImages(standIn, workload),
    ledgerReads: tally.ledgerReads,
    tableRequests: traffic.requests,
    tableWrites: traffic.writeUnits,
    logBytes,
  };
}

/**
 * Waits until the queue is empty.
 *
 * @param hiddenFor for how many seconds a record is hidden from its next receive on; asked until it says so
 */
async function drained(
  { queues }: LocalSystem,
  hiddenFor: () => number | undefined,
): Promise<void> {
  let known = await queues.depth();
  let movedAt = Date.now();
  let seconds: number | undefined;
  while (known > 0) {
    if (Date.now() - movedAt > PATIENCE_SECONDS * 1_000) throw new Error(`${known} events hang`);
    await sleep(LOOK_INTERVAL);
    if (seconds === undefined) {
      seconds = hiddenFor();
      if (seconds !== undefined) await hide(queues, seconds);
    }
    const depth = await queues.depth();
    if (depth !== known) movedAt = Date.now();
    known = depth;
  }
}

async function hide({ client, queueUrl }: LocalQueues, seconds: number): Promise<void> {
  const Attributes = { VisibilityTimeout: String(seconds) };
  await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes }));
}

function callsOf({ requests }: StandIn): { updateCalls: number; listCalls: number } {
  const updateCalls = requests.filter(({ method }) => method === 'PUT').length;
  return { updateCalls, listCalls: requests.length - updateCalls };
}

function wrongImages({ images }: StandIn, { finalTitles }: Workload): number {
  return [...finalTitles].filter(([guid, title]) => images.get(guid)?.title !== title).length;
}
