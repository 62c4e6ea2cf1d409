// @ts-nocheck
import { dollarsOf, type Usage } from '../../docs/cost/prices.ts';
import type { Runs } from '../calls/result.ts';
import { spreadOf } from '../statistics.ts';
import { usageOf } from './usage.ts';

const MILLION = 1_000_000;

/** Where the money goes, in the order of the chart's colours. */
export const PARTS = {
  SQS: ['queueRequest'],
  Lambda: ['lambdaRequest', 'lambdaTime'],
  DynamoDB: ['ledgerRead', 'ledgerWrite'],
  'EventBridge Pipes': ['pipeRequest', 'destinationCall'],
  'logs and secrets': ['log', 'secretRead'],
} as const satisfies Record<string, readonly (keyof Usage)[]>;

/** All of it together. @param events of one run */
export function dollarsPerMillion(runs: Runs, events: number): number {
  return Object.values(partsOf(runs, events)).reduce((all, part) => all + part, 0);
}

/** Dollars of each part, scaled to a million events, at the median over the repeats. */
export function partsOf({ contender, figures }: Runs, events: number): Record<string, number> {
  const usages = figures.map((run) => usageOf(contender, events, run));
  return Object.fromEntries(
    Object.entries(PARTS).map(([part, names]) => {
      const costs = usages.map((usage) => dollarsOf(only(usage, names)));
      return [part, (spreadOf(costs).median / events) * MILLION];
    }),
  );
}

function only(usage: Usage, names: readonly (keyof Usage)[]): Usage {
  return Object.fromEntries(names.map((name) => [name, usage[name] ?? 0]));
}
