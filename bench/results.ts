import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import * as z from 'zod';
import type { Benchmark } from './benchmark.ts';

const GIBIBYTE = 2 ** 30;

/** Where and when something was measured: figures of other machines do not compare. */
const Circumstances = z.object({
  date: z.iso.date(),
  node: z.string(),
  processor: z.string(),
  cores: z.int(),
  memoryGibibytes: z.number(),
  /** Processes that ran or waited for a processor when the benchmarks began, the mean of a minute. */
  load: z.number(),
  /** How long it took, in seconds. */
  seconds: z.number(),
});
export type Circumstances = z.output<typeof Circumstances>;

const Kept = z.object({ circumstances: Circumstances, result: z.unknown() });
export type Kept = z.output<typeof Kept>;

/** Before any benchmark adds to it. */
const [LOAD = 0] = loadavg();

/** This machine, today. @param seconds that the benchmark took */
function circumstances(seconds: number): Circumstances {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGibibytes: Math.round(totalmem() / GIBIBYTE),
    load: Math.round(LOAD * 10) / 10,
    seconds: Math.round(seconds),
  };
}

/** The last full result of a benchmark. */
export function readResult({ name }: Benchmark): Kept {
  return Kept.parse(JSON.parse(readFileSync(fileOf(name), 'utf8')));
}

/** Keeps a full result, for the documents and for machines. @param seconds that it took */
export function writeResult({ name }: Benchmark, result: unknown, seconds: number): void {
  const kept: Kept = { circumstances: circumstances(seconds), result };
  writeFileSync(fileOf(name), `${JSON.stringify(kept, undefined, 2)}\n`);
}

function fileOf(name: string): URL {
  return new URL(`../docs/benchmarks/${name}.json`, import.meta.url);
}
