// @ts-nocheck
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { linearRegression, linearRegressionLine, rSquared } from 'simple-statistics';
import type { Effort } from '../benchmark.ts';
import { interleaved } from '../interleaved.ts';
import { spreadOf } from '../statistics.ts';
import { CONTENDERS, type ContenderName } from './contenders.ts';
import { PAYLOAD_NAMES } from './payloads.ts';
import type { CpuResult, Row } from './result.ts';

const SIZES = [10, 100, 1_000, 10_000] as const;
const REPEATS = { full: 7, quick: 1 } as const satisfies Record<Effort, number>;
const FLOOR = 'floor';

const NAMES = CONTENDERS.map(({ name }) => name);
const run = promisify(execFile);

/** Measures each contender in processes of its own, in turns. */
export async function measureCpu(effort: Effort): Promise<CpuResult> {
  const repeats = REPEATS[effort];
  const rows: Row[] = [];
  for (const records of SIZES) {
    const times = await interleaved(NAMES, repeats, (name) =>
      figureOf('time-of.ts', name, `${records}`),
    );
    const floor = times.get(FLOOR) ?? [];
    for (const [contender, measured] of times) {
      const ratios = measured.map((time, repeat) => time / (floor[repeat] ?? Number.NaN));
      const spreads = { microseconds: spreadOf(measured), ofFloor: spreadOf(ratios) };
      rows.push({ contender, records, ...spreads });
    }
    process.stderr.write(`  batches of ${records}\n`);
  }
  const fits = Object.fromEntries(NAMES.map((name) => [name, fitOf(name, rows)]));
  return { rows, fits, memory: await measureMemory(repeats) };
}

async function measureMemory(repeats: number): Promise<CpuResult['memory']> {
  const memory: CpuResult['memory'] = [];
  for (const payload of PAYLOAD_NAMES) {
    const measured = await interleaved(NAMES, repeats, (name) =>
      figureOf('memory-of.ts', name, payload),
    );
    for (const [contender, mebibytes] of measured) {
      // Those that send each record by itself know events of one image only.
      const isPeer = contender !== 'product' && contender !== FLOOR;
      if (isPeer && payload === 'large events') continue;
      memory.push({ contender, payload, mebibytes: spreadOf(mebibytes) });
    }
  }
  return memory;
}

/** What the script of one measurement prints. */
async function figureOf(script: string, name: ContenderName, parameter: string): Promise<number> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await run(process.execPath, [path, name, parameter]);
  return Number(stdout);
}

function fitOf(name: string, rows: readonly Row[]): CpuResult['fits'][string] {
  const points = rows
    .filter(({ contender }) => contender === name)
    .map(({ records, microseconds }) => [records, records * microseconds.median]);
  const line = linearRegression(points);
  const fit = rSquared(points, linearRegressionLine(line));
  return { perRecord: line.m, fixed: line.b, rSquared: fit };
}
