import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { bundledFiles } from '../../infra/bundle.ts';
import { type Bundle, temporaryBundle } from '../../local/lambda/temporary-bundle.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import type { Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { guidOf, recordOf } from '../records.ts';
import { Spread, spreadOf } from '../spread.ts';

const REPEATS = { full: 15, quick: 3 } as const satisfies Record<Effort, number>;
const RECORDS = 10;
const START = fileURLToPath(new URL('start.ts', import.meta.url));
const run = promisify(execFile);
const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A function whose start is looked at. */
interface StartContender {
  readonly name: string;
  /** Its source; this product's where it is left out. */
  readonly entryPoint?: string;
  /** What its environment has differently. */
  readonly environment?: Readonly<Record<string, string>>;
}

const FLOOR = { name: 'floor: Secrets Manager and middy', entryPoint: source('floor.ts') };
export const PRODUCT: StartContender = { name: 'this product' };
const CONTENDERS: readonly StartContender[] = [
  FLOOR,
  PRODUCT,
  // Does no more in an invocation than the peers do.
  {
    name: 'this product, `remove`, no ledger',
    environment: { LEDGER_TABLE: '', VIRTUAL_INVENTORY: 'remove', VERIFY: 'off' },
  },
  { name: 'Powertools', entryPoint: source('../peers/powertools.ts') },
  { name: 'middy', entryPoint: source('../peers/middy.ts') },
];

/** What one start took, all in milliseconds. */
const Start = z.object({
  importing: z.number(),
  firstInvocation: z.number(),
  secondInvocation: z.number(),
});
type Start = z.output<typeof Start>;

/** Every start of one contender. */
const Row = z.object({
  contender: z.string(),
  /** Minified, as a cold start reads them. */
  bytesAtStart: z.int(),
  bytesLater: z.int(),
  importing: Spread,
  /** By the floor's importing, repeat by repeat. */
  importingOfFloor: Spread,
  firstInvocation: Spread,
  /** Importing and the first invocation together. */
  untilFirstBatch: Spread,
  secondInvocation: Spread,
});

/** What the benchmark of cold starts comes to. */
export const ColdStartResult = z.object({ repeats: z.int(), rows: z.array(Row) });
export type ColdStartResult = z.output<typeof ColdStartResult>;

/** Starts each contender in fresh processes, in turns, against the same emulators. */
export async function measureColdStart(effort: Effort): Promise<ColdStartResult> {
  await using system = await startLocalSystem({
    timeoutSeconds: 120,
    visibilityTimeoutSeconds: 725,
    maxReceiveCount: 200,
    batchSize: 500,
    batchingWindowSeconds: 5,
    maxConcurrency: 2,
  });
  system.standIn.images.acceptAll = true;
  const bundles = new Map<StartContender, Bundle>();
  for (const contender of CONTENDERS) bundles.set(contender, temporaryBundle(contender.entryPoint));
  try {
    let starts = 0;
    const measured = await interleaved(CONTENDERS, REPEATS[effort], (contender) => {
      starts += 1;
      return startOnce(
        bundles.get(contender)?.entryFile ?? '',
        system,
        starts,
        contender.environment,
      );
    });
    const floor = measured.get(FLOOR) ?? [];
    const rows = CONTENDERS.map((contender) =>
      rowOf(contender, measured.get(contender) ?? [], floor),
    );
    return { repeats: REPEATS[effort], rows };
  } finally {
    for (const bundle of bundles.values()) bundle[Symbol.dispose]();
  }
}

/** One process. @param nth so that each sends images of its own */
async function startOnce(
  entryFile: string,
  system: LocalSystem,
  nth: number,
  environment: StartContender['environment'],
): Promise<Start> {
  const events = [0, 1].map((invocation) => ({
    Records: Array.from({ length: RECORDS }, (_, at) => {
      const n = (2 * nth + invocation) * RECORDS + at;
      return recordOf(n, { guid: guidOf(n), title: `Title ${n}` });
    }),
  }));
  const eventFolder = await mkdtemp(join(tmpdir(), 'cold-start-'));
  try {
    const eventFile = join(eventFolder, 'events.json');
    await writeFile(eventFile, JSON.stringify(events));
    const { stdout } = await run(process.execPath, [START, entryFile, eventFile], {
      env: { ...system.environment, ...system.functionEnvironment, ...environment },
    });
    return Start.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  } finally {
    await rm(eventFolder, { recursive: true });
  }
}

function rowOf(
  { name, entryPoint }: StartContender,
  starts: readonly Start[],
  floor: readonly Start[],
): ColdStartResult['rows'][number] {
  const { atStart, ahead, later } = bundledFiles(entryPoint);
  const bytesOf = (files: ReadonlyMap<string, number>) =>
    [...files.values()].reduce((all, bytes) => all + bytes, 0);
  const spread = (value: (start: Start, repeat: number) => number) => spreadOf(starts.map(value));
  return {
    contender: name,
    bytesAtStart: bytesOf(atStart) + bytesOf(ahead),
    bytesLater: bytesOf(later),
    importing: spread(({ importing }) => importing),
    importingOfFloor: spread(
      ({ importing }, repeat) => importing / (floor[repeat]?.importing ?? Number.NaN),
    ),
    firstInvocation: spread(({ firstInvocation }) => firstInvocation),
    untilFirstBatch: spread(({ importing, firstInvocation }) => importing + firstInvocation),
    secondInvocation: spread(({ secondInvocation }) => secondInvocation),
  };
}
