// @ts-nocheck
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
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
});
export type Circumstances = z.output<typeof Circumstances>;

const Kept = z.object({ circumstances: Circumstances, result: z.unknown() });
export type Kept = z.output<typeof Kept>;

/** This machine, today. */
export function circumstances(): Circumstances {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGibibytes: Math.round(totalmem() / GIBIBYTE),
  };
}

/** The last full result of a benchmark. */
export function readResult({ name }: Benchmark): Kept {
  return Kept.parse(JSON.parse(readFileSync(fileOf(name), 'utf8')));
}

/** Keeps a full result, for the documents and for machines. */
export function writeResult({ name }: Benchmark, result: unknown): void {
  const kept: Kept = { circumstances: circumstances(), result };
  writeFileSync(fileOf(name), `${JSON.stringify(kept, undefined, 2)}\n`);
}

function fileOf(name: string): URL {
  return new URL(`../docs/benchmarks/${name}.json`, import.meta.url);
}
