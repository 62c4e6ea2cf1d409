import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import type { Fault } from './fault.ts';
import { withFaultyCopy } from './faulty-copy.ts';

/** Far more than any fault takes: one that makes the function hang must not hang the hunt. */
const MOST_MILLISECONDS = 120_000;

const Summary = z.object({
  runs: z.int(),
  failures: z.array(z.object({ seed: z.int(), rules: z.array(z.string()) })),
});

/** Where a fault was found. */
export interface Finding {
  readonly seed: number;
  readonly rules: readonly string[];
}

/**
 * Runs the simulation against a copy of the function with a fault in it, in a process of its own.
 *
 * @param runs seeds to try
 * @returns undefined where the fault was not found
 */
export function hunt(fault: Fault, runs: number): Promise<Finding | undefined> {
  return withFaultyCopy(fault, async (directory) => {
    const main = join(import.meta.dirname, '..', 'main.ts');
    const range = ['--seed', String(fault.from ?? 1), '--runs', String(runs)];
    const options = ['--lambda', directory, ...range, '--stop', '--json'];
    const output = await outputOf([main, ...options]);
    const lastLine = output.trimEnd().split('\n').at(-1) ?? '';
    return Summary.parse(JSON.parse(lastLine)).failures[0];
  });
}

/** The exit code says only that something was found: the output says what. */
function outputOf(parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: MOST_MILLISECONDS, maxBuffer: 2 ** 26 };
    execFile(process.execPath, parameters, options, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`The simulation broke: ${error?.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
}
