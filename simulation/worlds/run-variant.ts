import { RULES, type Rule, type Violation } from '../oracle/violation.ts';
import type { Product } from '../product.ts';
import { START, simulateWorld } from '../simulate.ts';
import { checkBounds } from './check-bounds.ts';
import { undisturbed } from './full-size.ts';
import { type Measures, measure, type StreamMeasures } from './measures.ts';
import type { Variant, WorldKind } from './world-kind.ts';

/** What a world of full size came to, as `--json` prints it. */
export interface VariantResult {
  readonly world: string;
  readonly variant: string;
  readonly seed: number;
  readonly measures: Measures;
  /** The same traffic without any trouble. */
  readonly baseline: Measures;
  /** How often each rule was violated. */
  readonly violations: Readonly<Partial<Record<Rule, number>>>;
  /** Of each rule the first that was found. */
  readonly details: readonly string[];
  readonly trace: readonly string[];
}

/** Runs a world of full size, and its baseline. */
export async function runVariant(
  kind: WorldKind,
  variant: Variant,
  seed: number,
  product: Product,
  keepTrace: boolean,
): Promise<VariantResult> {
  const { scenario, bounds } = variant;
  const simulateOne = async (given: typeof scenario, isTraced: boolean) => {
    const { run, oracle } = await simulateWorld(given, seed, product, isTraced);
    return { run, measures: measure(oracle, given, START) };
  };
  const { run, measures } = await simulateOne(scenario, keepTrace);
  const { measures: baseline } = await simulateOne(
    variant.baseline ?? undisturbed(scenario),
    false,
  );
  const excesses = checkBounds(bounds, { measures, baseline, scenario });
  const violations: (Violation | (typeof excesses)[number])[] = [...run.violations, ...excesses];
  const byRule = Map.groupBy(violations, ({ rule }) => rule);
  return {
    world: kind.name,
    variant: variant.name,
    seed,
    measures,
    baseline,
    violations: Object.fromEntries([...byRule].map(([rule, { length }]) => [rule, length])),
    details: [...byRule].map(
      ([rule, [first, ...more]]) =>
        `${rule} (${1 + more.length}): ${RULES[rule]}: ${first?.detail}`,
    ),
    trace: run.trace,
  };
}

/** The same for people. */
export function describeVariant(result: VariantResult): string {
  const { world, variant, seed, measures, baseline, details } = result;
  const { inTrouble, afterwards, drained, recovery, expired, imagesThatLostProducts } = measures;
  const streams = Object.entries(measures.streams).map(([name, stream]) =>
    describeStream(name, stream, baseline.streams[name]),
  );
  return [
    `${world} ${variant} (seed ${seed})`,
    ...streams,
    `calls in trouble: ${inTrouble.updates} updates, ${inTrouble.lists} looks; afterwards: ${afterwards.updates} updates of ${afterwards.needed} needed, ${afterwards.lists} looks; looks in vain: ${inTrouble.listsInVain + afterwards.listsInVain}`,
    `last applied after ${seconds(drained)}, ${seconds(recovery)} after the trouble; expired: ${expired}; images that lost products: ${imagesThatLostProducts}`,
    ...details.map((detail) => `violates ${detail}`),
  ]
    .map((line, at) => (at === 0 ? line : `  ${line}`))
    .join('\n');
}

function describeStream(
  name: string,
  { sent, applied, appliedInTrouble, open, dead, p50, p95, longest, longestBurial }: StreamMeasures,
  usual: StreamMeasures | undefined,
): string {
  const reasons = Object.entries(dead).map(([reason, count]) => `${count} dead as ${reason}`);
  const counts = [
    `${applied} applied (${appliedInTrouble} in trouble)`,
    ...(open > 0 ? [`${open} open`] : []),
    ...reasons,
  ];
  const deadLettered = longestBurial === undefined ? '' : `; dead by ${seconds(longestBurial)}`;
  const undisturbed = `undisturbed ${seconds(usual?.p50)}, ${seconds(usual?.p95)}`;
  return `${name}: ${sent} sent, ${counts.join(', ')}; p50 ${seconds(p50)}, p95 ${seconds(p95)}, longest ${seconds(longest)} (${undisturbed})${deadLettered}`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? 'never' : `${Math.round(value * 10) / 10} s`;
}
