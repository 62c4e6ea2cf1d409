import { quantile } from 'simple-statistics';
import * as z from 'zod';

/** What repeats of one measurement came to: the middle, and where half of them lie. */
export const Spread = z.object({ median: z.number(), low: z.number(), high: z.number() });
export type Spread = z.output<typeof Spread>;

/** @param values of one measurement, at least one */
export function spreadOf(values: readonly number[]): Spread {
  const all = [...values];
  return { median: quantile(all, 0.5), low: quantile(all, 0.25), high: quantile(all, 0.75) };
}

/** How often each contender was run. */
export function howOften(repeats: number): string {
  return repeats === 1 ? 'One run of each' : `${repeats} runs of each, in turns`;
}

/** `12.3 (11.9 to 13.0)`: the median, and where half of the repeats lie. */
export function showSpread({ median, low, high }: Spread, digits = 1): string {
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(digits));
  return from === to ? `${middle}` : `${middle} (${from} to ${to})`;
}
