import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundledFiles } from '../../infra/bundle.ts';
import { type Bundle, temporaryBundle } from '../../local/lambda/temporary-bundle.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import type { Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { guidOf, recordOf } from '../records.ts';
import { spreadOf } from '../statistics.ts';
import { FLOOR, START_CONTENDERS, type StartContender } from './contenders.ts';
import { type ColdStartResult, Start } from './result.ts';

const REPEATS = { full: 15, quick: 3 } as const satisfies Record<Effort, number>;
const RECORDS = 10;
const START = fileURLToPath(new URL('start.ts', import.meta.url));
const run = promisify(execFile);

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
  for (const contender of START_CONTENDERS) {
    bundles.set(contender, temporaryBundle(contender.entryPoint));
  }
  try {
    let starts = 0;
    const measured = await interleaved(START_CONTENDERS, REPEATS[effort], (contender) => {
      starts += 1;
      return startOnce(
        bundles.get(contender)?.entryFile ?? '',
        system,
        starts,
        contender.environment,
      );
    });
    const floor = measured.get(FLOOR) ?? [];
    const rows = START_CONTENDERS.map((contender) =>
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
  const spread = (value: (start: Start) => number) => spreadOf(starts.map(value));
  const ratios = starts.map(
    ({ importing }, repeat) => importing / (floor[repeat]?.importing ?? Number.NaN),
  );
  return {
    contender: name,
    bytesAtStart: sum(atStart) + sum(ahead),
    bytesLater: sum(later),
    importing: spread(({ importing }) => importing),
    importingCpu: spread(({ importingCpu }) => importingCpu),
    importingOfFloor: spreadOf(ratios),
    firstInvocation: spread(({ firstInvocation }) => firstInvocation),
    untilFirstBatch: spread(({ importing, firstInvocation }) => importing + firstInvocation),
    secondInvocation: spread(({ secondInvocation }) => secondInvocation),
  };
}

function sum(files: ReadonlyMap<string, number>): number {
  return [...files.values()].reduce((all, bytes) => all + bytes, 0);
}
