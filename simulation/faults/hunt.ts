import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import type { Fault } from './fault.ts';
import { withFaultyCopy } from './faulty-copy.ts';

/** Far more than any fault takes: one that makes the function hang must not hang the hunt. */
export const MAX_MILLISECONDS = 600_000;

/** What is printed of drawn worlds, up to the first that violates a rule. */
const Seeds = z.object({
  failures: z.array(z.object({ seed: z.int(), rules: z.array(z.string()) })),
});

/** What is printed of a world that was asked for by its name. */
const Worlds = z.object({
  worlds: z.array(z.object({ seed: z.int(), violations: z.record(z.string(), z.int()) })),
});

/** Where a fault was found. */
export interface Finding {
  readonly seed: number;
  readonly rules: readonly string[];
}

/**
 * Runs the simulation against a copy of the function with a fault in it, in a process of its own.
 *
 * @param runs seeds to try; a world that the fault names is run once
 * @returns undefined where the fault was not found
 */
export function hunt(fault: Fault, runs: number): Promise<Finding | undefined> {
  return withFaultyCopy(fault, async (directory) => {
    const { world, from = 1, reading } = fault;
    const options = ['--lambda', directory, '--seed', String(from), '--json'];
    if (reading !== undefined) options.push('--reading', reading.join(','));
    if (world === undefined) {
      const printed = await lastLineOf([...options, '--runs', String(runs), '--stop']);
      return Seeds.parse(printed).failures[0];
    }
    const printed = await lastLineOf([
      ...options,
      '--world',
      world.name,
      '--variant',
      world.variant,
    ]);
    const [found] = Worlds.parse(printed).worlds;
    const rules = Object.keys(found?.violations ?? {});
    return found && rules.length > 0 ? { seed: found.seed, rules } : undefined;
  });
}

/** The exit code says only that something was found: the last line of the output says what. */
function lastLineOf(parameters: readonly string[]): Promise<unknown> {
  const main = join(import.meta.dirname, '..', 'main.ts');
  return new Promise((resolve, reject) => {
    const options = { timeout: MAX_MILLISECONDS, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [main, ...parameters], options, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`The simulation broke: ${error?.message}\n${stderr}`));
      else resolve(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
    });
  });
}
