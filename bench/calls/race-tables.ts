import { table } from '../../docs/table.ts';
import { showSpread, spreadOf } from '../statistics.ts';
import { fewestCalls, fewestSeconds } from './limit.ts';
import type { RunFigures } from './measure-run.ts';
import type { RaceResult, Runs } from './result.ts';

const HEADER = [
  '',
  'update calls',
  'of the limit',
  'list calls',
  'seconds',
  'of the limit',
  'at once',
  'good events dead-lettered',
  'images wrong in the end',
];

/** A table for each workload, under its name. */
export function raceTables({ changedImages, runs }: RaceResult): string {
  return Object.entries(changedImages)
    .map(([workload, changed]) => {
      const rows = runs
        .filter((run) => run.workload === workload)
        .map((run) => rowOf(run, changed));
      const limit = ['*the limit*', `${fewestCalls(changed)}`, '1', '', '', '1', '', '', ''];
      return `### ${capitalized(workload)}\n\n${table(HEADER, [...rows, limit])}`;
    })
    .join('\n\n');
}

function rowOf({ contender, figures }: Runs, changed: number): string[] {
  const of = (value: (run: RunFigures) => number, digits = 0) =>
    showSpread(spreadOf(figures.map(value)), digits);
  return [
    contender,
    of(({ updateCalls }) => updateCalls),
    of(({ updateCalls }) => updateCalls / fewestCalls(changed), 2),
    of(({ listCalls }) => listCalls),
    of(({ seconds }) => seconds, 1),
    of((run) => run.seconds / fewestSeconds(changed, run), 2),
    of(({ maxCallsAtOnce }) => maxCallsAtOnce),
    of(({ goodDeadLetters }) => goodDeadLetters),
    of(({ wrongImages }) => wrongImages),
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
