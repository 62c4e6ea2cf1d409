import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import type { StandIn } from '../../local/finerworks/stand-in.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { noTraffic, weather } from '../weather.ts';
import type { Contender } from './contenders.ts';
import { FewestCalls } from './fewest-calls.ts';
import { IMAGES_PER_CALL, INVOCATIONS_AT_ONCE } from './limit.ts';
import type { Workload } from './workloads.ts';

const LOOK_INTERVAL = 100;
/** Without any change in the queue's depth for so long, something hangs. */
const PATIENCE_SECONDS = 400;

/** What one run came to. */
export const RunFigures = z.object({
  updateCalls: z.int(),
  listCalls: z.int(),
  /** ceil(images / 50), summed over the invocations. */
  fewestCalls: z.int(),
  /** From the start until the last change was in place. */
  seconds: z.number(),
  /** From the start until the queue was empty. */
  emptySeconds: z.number(),
  /** Seconds that answers took on average, by the chance of this run. */
  meanLatency: z.number(),
  maxCallsAtOnce: z.int(),
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
  ledgerWrites: z.int(),
  logBytes: z.int(),
});
export type RunFigures = z.output<typeof RunFigures>;

/** How the event source is set, and whether FinerWorks takes its time. */
export interface RunOptions {
  readonly batchSize: number;
  readonly seed: string;
  readonly hasLatency: boolean;
}

const Guids = z.object({ guid: z.string() });

/** Runs one contender through one workload: the whole system, and real sockets. */
export async function measureRun(
  { options, consume }: Contender,
  workload: Workload,
  { batchSize, seed, hasLatency }: RunOptions,
): Promise<RunFigures> {
  const fewest = new FewestCalls(IMAGES_PER_CALL);
  let logBytes = 0;
  await using system = await startLocalSystem({
    ...options,
    timeoutSeconds: 120,
    batchSize,
    batchingWindowSeconds: batchSize > 10 ? 5 : 0,
    maxConcurrency: INVOCATIONS_AT_ONCE,
    onLine: (line) => {
      logBytes += Buffer.byteLength(line) + 1;
      fewest.readLine(line);
    },
  });
  const { standIn, queues, tally } = system;
  standIn.images.add(workload.knownGuids);
  const traffic = noTraffic();
  const { throttledShare } = workload;
  if (hasLatency) standIn.intercept = weather({ seed, throttledShare, traffic });
  await queues.send(workload.bodies);

  const begin = performance.now();
  if (consume === undefined) system.start();
  await using _consumer = consume?.(system);
  await drained(system);
  const emptySeconds = (performance.now() - begin) / 1_000;

  const deadLetters = await queues.deadLetters();
  return {
    ...callsOf(standIn),
    fewestCalls: fewest.sum,
    seconds: (standIn.images.lastUpdate - begin) / 1_000,
    emptySeconds,
    meanLatency: traffic.seconds / Math.max(1, traffic.answers),
    maxCallsAtOnce: traffic.most,
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
