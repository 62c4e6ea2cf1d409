// @ts-nocheck
import { table } from '../../docs/table.ts';
import { isPeer, PROTECT, REMOVE } from './contenders.ts';
import type { RunFigures } from './measure-run.ts';
import { medianOf } from './median-of.ts';
import type { RaceResult } from './result.ts';

/** This product as a ratio to each peer: both settings, every workload. */
export function besidePeersTable(result: RaceResult): string {
  const workloads = Object.keys(result.changedImages);
  const peers = [...new Set(result.runs.map(({ contender }) => contender))].filter(isPeer);
  const rows = [PROTECT.name, REMOVE.name].flatMap((ours) =>
    peers.map((peer) => [
      ours,
      peer,
      ...workloads.flatMap((workload) => {
        const [calls, seconds] = [
          ({ updateCalls }: RunFigures) => updateCalls,
          (run: RunFigures) => run.seconds,
        ].map(
          (value) =>
            medianOf(result, ours, workload, value) / medianOf(result, peer, workload, value),
        );
        return [shown(calls), shown(seconds)];
      }),
    ]),
  );
  const columns = workloads.flatMap((workload) => [`${workload}: calls`, 'seconds']);
  return table(['', 'by', ...columns], rows);
}

/** Two digits that count, however small the ratio. */
function shown(ratio = Number.NaN): string {
  return ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2);
}
