import type { Product } from './product.ts';
import type { Chosen } from './worlds/find-variants.ts';
import { describeVariant, runVariant, type VariantResult } from './worlds/run-variant.ts';

/** How worlds of full size are run. */
export interface WorldsOptions {
  readonly runs: number;
  readonly seed: number;
  readonly trace?: true;
  readonly json?: true;
}

/** Runs worlds of full size, and prints what they came to. @returns whether every rule was kept */
export async function runWorlds(
  chosen: readonly Chosen[],
  { runs, seed: first, trace, json }: WorldsOptions,
  product: Product,
): Promise<boolean> {
  const begin = performance.now();
  const results: Omit<VariantResult, 'trace'>[] = [];
  for (const { kind, variant } of chosen) {
    for (let seed = first; seed < first + runs; seed += 1) {
      const result = await runVariant(kind, variant, seed, product, trace === true);
      if (trace) console.log(result.trace.join('\n'));
      if (json) process.stderr.write(`${kind.name} ${variant.name}\n`);
      else console.log(describeVariant(result));
      const { trace: _told, ...figures } = result;
      results.push(figures);
    }
  }
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  if (json) console.log(JSON.stringify({ worlds: results, seconds }));
  return results.every(({ details }) => details.length === 0);
}
