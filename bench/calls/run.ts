import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { StandIn } from '../../local/finerworks/stand-in.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { answerDelays } from '../answer-delays.ts';
import type { Contender } from './contenders.ts';
import { INVOCATIONS_AT_ONCE } from './limit.ts';
import type { RunFigures } from './result.ts';
import type { Workload } from './workloads.ts';

const LOOK_INTERVAL = 100;
/** Without any change in the queue's depth for so long, something hangs. */
const PATIENCE_SECONDS = 400;

const Guids = z.object({ guid: z.string() });

/**
 * Runs one contender through one workload: the whole system, and real sockets.
 *
 * @param seed of the delays of answers
 */
export async function runWorkload(
  { options }: Contender,
  workload: Workload,
  seed: string,
): Promise<RunFigures> {
  let logBytes = 0;
  await using system = await startLocalSystem({
    ...options,
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
  const { intercept, traffic } = answerDelays(seed, workload.throttledShare);
  standIn.intercept = intercept;
  await queues.send(workload.bodies);

  const begin = performance.now();
  system.start();
  await drained(system);

  const deadLetters = await queues.deadLetters();
  return {
    ...callsOf(standIn),
    seconds: (standIn.images.lastUpdate - begin) / 1_000,
    meanDelay: traffic.seconds / Math.max(1, traffic.answers),
    mostCallsAtOnce: traffic.mostAtOnce,
    invocations: tally.invocations,
    invocationSeconds: tally.invocationSeconds,
    returns: tally.returns,
    deadLetters: deadLetters.length,
    goodDeadLetters: deadLetters.filter(({ body }) =>
      workload.finalTitles.has(Guids.parse(jsonOrUndefined(body)).guid),
    ).length,
    wrongImages: wrongImages(standIn, workload),
    ledgerReads: tally.ledgerReads,
    ledgerWrites: tally.ledgerWrites,
    logBytes,
  };
}

async function drained({ queues }: LocalSystem): Promise<void> {
  let known = await queues.depth();
  let movedAt = Date.now();
  while (known > 0) {
    if (Date.now() - movedAt > PATIENCE_SECONDS * 1_000) throw new Error(`${known} events hang`);
    await sleep(LOOK_INTERVAL);
    const depth = await queues.depth();
    if (depth !== known) movedAt = Date.now();
    known = depth;
  }
}

function callsOf({ requests }: StandIn): { updateCalls: number; listCalls: number } {
  const updateCalls = requests.filter(({ method }) => method === 'PUT').length;
  return { updateCalls, listCalls: requests.length - updateCalls };
}

function wrongImages({ images }: StandIn, { finalTitles }: Workload): number {
  return [...finalTitles].filter(([guid, title]) => images.get(guid)?.title !== title).length;
}
