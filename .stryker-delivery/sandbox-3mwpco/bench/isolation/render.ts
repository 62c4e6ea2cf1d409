// @ts-nocheck
import type { TopLevelSpec } from 'vega-lite';
import { table } from '../../docs/table.ts';
import type { Rendered } from '../benchmark.ts';
import { lineChart } from '../line-chart.ts';
import type { IsolationResult } from './result.ts';

/** Calls by the number of culprits, beside one by one and the bound. */
export function renderIsolation(result: IsolationResult): Rendered {
  const { images, placements, rows } = result;
  const names = Object.keys(rows[0]?.calls ?? {});
  const header = ['culprits', ...names.map((name) => `${name}: median, most`), 'yes-or-no bound'];
  const cells = rows.map(({ culprits, calls, fewestAnswers }) => [
    `${culprits}`,
    ...names.map((name) => `${calls[name]?.median ?? ''}, ${calls[name]?.most ?? ''}`),
    `${fewestAnswers}`,
  ]);
  return {
    text: `Calls that settle a batch of ${images} events on as many images, of which some are refused, over ${placements} placements of
the culprits: through the function and a real socket, the first call included. The bound is the number of
yes-or-no answers that tell one choice of culprits from all others; nobody can reach it, since each good image
must also go through in a call without any culprit, and each culprit be refused alone before it is blamed. One
by one blames no better: it takes a call for each image.

![Calls by the number of culprits](figures/bench-isolation.svg)

${table(header, cells)}`,
    charts: { 'bench-isolation': chart(result) },
  };
}

function chart({ rows }: IsolationResult): TopLevelSpec {
  const values = rows.flatMap(({ culprits, calls, fewestAnswers }) => [
    ...Object.entries(calls).map(([name, { median }]) => ({ culprits, name, calls: median })),
    { culprits, name: 'yes-or-no bound', calls: fewestAnswers },
  ]);
  return lineChart({
    values,
    x: { field: 'culprits', title: 'culprits among 50 images' },
    y: { field: 'calls', title: 'calls, median' },
    series: 'name',
  });
}
