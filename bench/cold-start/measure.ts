import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { quantile } from 'simple-statistics';
import * as z from 'zod';
import { bundledFiles } from '../../infra/bundle.ts';
import { type Bundle, temporaryBundle } from '../../local/lambda/temporary-bundle.ts';
import type { LocalSystem } from '../../local/system.ts';
import type { Effort } from '../benchmark.ts';
import { startEmulators } from '../emulators.ts';
import { interleaved } from '../interleaved.ts';
import { guidOf, recordOf } from '../records.ts';
import { Spread, spreadOf } from '../spread.ts';
import { countRequests } from './count-requests.ts';

const REPEATS = { full: 11, quick: 2 } as const satisfies Record<Effort, number>;
const RECORDS = 10;
/** Batches of each process. The tenth and all after it are warm: by then V8 has compiled what runs. */
const BATCHES = 20;
const FIRST_WARM = 9;
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
  /** The least that makes its requests with its clients; the least of all where it is left out. */
  readonly floor?: StartContender;
}

/** Does no more in an invocation than the peers do. */
const WITHOUT_LEDGER = { LEDGER_TABLE: '', VIRTUAL_INVENTORY: 'remove', VERIFY: 'off' };

const FLOOR = { name: 'floor: Secrets Manager and middy', entryPoint: source('floor.ts') };
const SAME_REQUESTS = {
  name: 'floor with the same clients and requests',
  entryPoint: source('floor-same-requests.ts'),
};
const SAME_WITHOUT_LEDGER = {
  name: `${SAME_REQUESTS.name}, no ledger`,
  entryPoint: SAME_REQUESTS.entryPoint,
  environment: WITHOUT_LEDGER,
};
export const PRODUCT: StartContender = { name: 'this product', floor: SAME_REQUESTS };
export const PRODUCT_WITHOUT_LEDGER: StartContender = {
  name: 'this product, `remove`, no ledger',
  environment: WITHOUT_LEDGER,
  floor: SAME_WITHOUT_LEDGER,
};
const CONTENDERS: readonly StartContender[] = [
  FLOOR,
  SAME_REQUESTS,
  SAME_WITHOUT_LEDGER,
  PRODUCT,
  PRODUCT_WITHOUT_LEDGER,
  { name: 'Powertools', entryPoint: source('../peers/powertools.ts') },
  { name: 'middy', entryPoint: source('../peers/middy.ts') },
];

/** What one start took, all in milliseconds. */
const Start = z.object({ importing: z.number(), invocations: z.array(z.number()) });
/** And how many requests services got in all. */
type Start = z.output<typeof Start> & { readonly requests: number };

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
  /** The same, by that of the floor with the same clients, or by the least floor's. */
  untilFirstBatchOfFloor: Spread,
  secondInvocation: Spread,
  /** The median of the warm invocations of each process. */
  warmInvocation: Spread,
  /** That services got for one batch, the mean over all batches. */
  requestsABatch: z.number(),
});

/** What the benchmark of cold starts comes to. */
export const ColdStartResult = z.object({ repeats: z.int(), rows: z.array(Row) });
export type ColdStartResult = z.output<typeof ColdStartResult>;

/** Starts each contender in fresh processes, in turns, against the same emulators. */
export async function measureColdStart(effort: Effort): Promise<ColdStartResult> {
  await using system = await startEmulators();
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
    const of = (contender: StartContender) => measured.get(contender) ?? [];
    const rows = CONTENDERS.map((contender) =>
      rowOf(contender, of(contender), { least: of(FLOOR), same: of(contender.floor ?? FLOOR) }),
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
  const events = Array.from({ length: BATCHES }, (_, invocation) => ({
    Records: Array.from({ length: RECORDS }, (_record, at) => {
      const n = (BATCHES * nth + invocation) * RECORDS + at;
      return recordOf(n, { guid: guidOf(n), title: `Title ${n}` });
    }),
  }));
  const eventFolder = await mkdtemp(join(tmpdir(), 'cold-start-'));
  try {
    const eventFile = join(eventFolder, 'events.json');
    await writeFile(eventFile, JSON.stringify(events));
    using requests = countRequests();
    const { stdout } = await run(process.execPath, [START, entryFile, eventFile], {
      env: { ...system.environment, ...system.functionEnvironment, ...environment },
    });
    const start = Start.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
    return { ...start, requests: requests.count };
  } finally {
    await rm(eventFolder, { recursive: true });
  }
}

function rowOf(
  { name, entryPoint }: StartContender,
  starts: readonly Start[],
  floors: { readonly least: readonly Start[]; readonly same: readonly Start[] },
): ColdStartResult['rows'][number] {
  const { atStart, ahead, later } = bundledFiles(entryPoint);
  const bytesOf = (files: ReadonlyMap<string, number>) =>
    [...files.values()].reduce((all, bytes) => all + bytes, 0);
  const firstBatch = ({ importing, invocations: [first = Number.NaN] }: Start) => importing + first;
  const spread = (value: (start: Start, repeat: number) => number) => spreadOf(starts.map(value));
  return {
    contender: name,
    bytesAtStart: bytesOf(atStart) + bytesOf(ahead),
    bytesLater: bytesOf(later),
    importing: spread(({ importing }) => importing),
    importingOfFloor: spread(
      ({ importing }, repeat) => importing / (floors.least[repeat]?.importing ?? Number.NaN),
    ),
    firstInvocation: spread(({ invocations: [first = Number.NaN] }) => first),
    untilFirstBatch: spread(firstBatch),
    untilFirstBatchOfFloor: spread((start, repeat) => {
      const floor = floors.same[repeat];
      return floor === undefined ? Number.NaN : firstBatch(start) / firstBatch(floor);
    }),
    secondInvocation: spread(({ invocations: [, second = Number.NaN] }) => second),
    warmInvocation: spread(({ invocations }) => quantile(invocations.slice(FIRST_WARM), 0.5)),
    requestsABatch:
      starts.reduce((sum, { requests }) => sum + requests, 0) / (starts.length * BATCHES),
  };
}
