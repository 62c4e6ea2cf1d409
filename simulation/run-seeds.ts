import type { ReadingName } from '../local/finerworks/readings.ts';
import type { Product } from './product.ts';
import { simulate } from './simulate.ts';
import { describeFailure, Totals } from './totals.ts';

/** More failing seeds than this are counted, but not described. */
const DESCRIBED_FAILURES = 3;

/** How random worlds are run. */
export interface SeedsOptions {
  readonly runs: number;
  readonly seed: number;
  readonly trace?: true;
  readonly json?: true;
  /** At the first seed that violates a rule. */
  readonly stop?: true;
  /** Of FinerWorks, instead of those that are drawn. */
  readonly reading?: readonly ReadingName[];
}

/** Runs random worlds, and prints what they came to. @returns whether every rule was kept */
export async function runSeeds(options: SeedsOptions, product: Product): Promise<boolean> {
  const totals = new Totals();
  const begin = performance.now();
  for (let seed = options.seed; seed < options.seed + options.runs; seed += 1) {
    const run = await simulate(seed, product, options.reading);
    totals.add(run);
    if (options.trace) console.log(run.trace.join('\n'));
    if (run.violations.length > 0 && totals.failures.length <= DESCRIBED_FAILURES) {
      console.error(describeFailure(run));
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${seed - options.seed + 1} runs `);
    if (run.violations.length > 0 && options.stop) break;
  }
  if (process.stderr.isTTY) process.stderr.write('\r');

  const summary = totals.summary((performance.now() - begin) / 1_000);
  if (options.json) console.log(JSON.stringify(summary));
  else {
    const { failures, ...figures } = summary;
    for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(26)}${value}`);
    console.log(
      `${'failing seeds'.padEnd(26)}${failures.map(({ seed }) => seed).join(' ') || 'none'}`,
    );
  }
  return totals.failures.length === 0;
}
