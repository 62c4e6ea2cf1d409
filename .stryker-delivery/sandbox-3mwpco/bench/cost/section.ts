// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';
import { estimate } from '../../docs/cost/backfill.ts';
import { LOOKED_UP } from '../../docs/cost/prices.ts';
import { table } from '../../docs/table.ts';
import { readSettings } from '../../infra/settings.ts';
import type { Rendered } from '../benchmark.ts';
import { keptRaces } from '../calls/kept.ts';
import type { RaceResult } from '../calls/result.ts';
import type { Section } from '../section.ts';
import { MEAN_LATENCY } from '../weather.ts';
import { dollarsPerMillion, PARTS, partsOf } from './parts.ts';

const MILLION = 1_000_000;

/** Settings that cost less than the defaults, and what they give up. */
const CHEAPER = [
  { given: {}, givesUp: 'nothing: the defaults' },
  { given: { virtualInventory: 'remove' }, givesUp: 'the look for products that would be lost' },
  { given: { ledger: 'off' }, givesUp: 'order across batches, and repeats are sent again' },
  {
    given: { ledger: 'off', virtualInventory: 'remove' },
    givesUp: 'both',
  },
  {
    given: { memoryMegabytes: '256' },
    givesUp: 'half of the processor; nothing where answers are waited for',
  },
] as const;

/** Dollars per million events, from the runs that were measured and today's price table. */
export const cost: Section = {
  title: 'Cost per million events',
  render: () => renderCost(keptRaces()),
};

function renderCost(result: RaceResult): Rendered {
  const workloads = Object.keys(result.changedImages);
  const contenders = [...new Set(result.runs.map(({ contender }) => contender))];
  const rows = contenders.map((contender) => [
    contender,
    ...workloads.map((workload) => {
      const run = result.runs.find((r) => r.contender === contender && r.workload === workload);
      return run === undefined ? '' : dollars(dollarsPerMillion(run, result.events));
    }),
  ]);
  const settings = CHEAPER.map(({ given, givesUp }) => {
    const changed = Object.entries(given).map(([name, value]) => `\`${name}=${value}\``);
    return [changed.join(' ') || 'defaults', dollars(ofMillion(given)), givesUp];
  });
  return {
    text: `Computed from the runs above and the prices of ${LOOKED_UP} ([cost](cost.md)): requests to SQS in batches of ten,
durations of invocations at 512 MB as they were measured here (the emulated table and its processor
included), the ledger's reads and writes, bytes of log. FinerWorks charges nothing for calls that is known of.

![Dollars per million events, by part](figures/bench-cost.svg)

${table(['', ...workloads], rows)}

What is paid for mostly is the ledger, which is what peers do without, and waiting for answers: a peer that
waits for hundreds of answers at once pays for less time.

The cheapest settings, for a million distinct events where an answer takes ${MEAN_LATENCY} s on average (\`npm run cost\`):

${table(['settings', 'dollars', 'gives up'], settings)}`,
    charts: { 'bench-cost': chart(result) },
  };
}

function ofMillion(given: Readonly<Record<string, string>>): number {
  const settings = readSettings({ secretName: 'finerworks/keys', ...given });
  const backfill = { images: MILLION, imagesPerEvent: 1, secondsPerCall: MEAN_LATENCY };
  return estimate(backfill, settings).dollars;
}

function chart(result: RaceResult): TopLevelSpec {
  const values = result.runs.flatMap((run) =>
    Object.entries(partsOf(run, result.events)).map(([part, amount]) => ({
      workload: run.workload,
      contender: run.contender.replaceAll('`', ''),
      part,
      amount,
    })),
  );
  return {
    background: 'white',
    data: { values },
    facet: {
      row: {
        field: 'workload',
        type: 'nominal',
        title: null,
        sort: Object.keys(result.changedImages),
      },
    },
    spec: {
      width: 420,
      height: { step: 16 },
      mark: 'bar',
      encoding: {
        y: { field: 'contender', type: 'nominal', title: null, sort: null },
        x: { field: 'amount', type: 'quantitative', title: 'dollars per million events' },
        color: { field: 'part', type: 'nominal', title: null, sort: Object.keys(PARTS) },
      },
    },
  };
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
