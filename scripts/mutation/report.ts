import type { MeasuredFile, MeasuredMutant, Status } from './measure.ts';

/** Below this share of mutants killed, in percent, a file needs tests. */
export const LEAST_SCORE = 90;

type Counts = Record<Status, number>;

export function countsOf(mutants: readonly MeasuredMutant[]): Counts {
  const counts: Counts = { killed: 0, survived: 0, uncovered: 0, static: 0 };
  for (const { status } of mutants) counts[status] += 1;
  return counts;
}

/** @returns the share of mutants killed in percent; 100 where there are none */
export function scoreOf({ killed, survived, uncovered }: Counts): number {
  const all = killed + survived + uncovered;
  return all === 0 ? 100 : (100 * killed) / all;
}

/** A line of Markdown's tables. */
export function row(name: string, mutants: readonly MeasuredMutant[]): string {
  const counts = countsOf(mutants);
  const cells = [counts.killed, counts.survived, counts.uncovered, scoreOf(counts).toFixed(1)];
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** The scores by file, by room and of all, and the mutants that no test noticed. */
export function report(files: readonly MeasuredFile[]): string {
  const byRoom = Map.groupBy(files, ({ path }) => path.split('/').slice(0, -1).join('/'));
  const mutantsOf = (some: readonly MeasuredFile[]) => some.flatMap(({ mutants }) => mutants);
  const heading = (what: string) => `| ${what} | killed | survived | not covered | score, % |`;
  const line = '|---|---:|---:|---:|---:|';
  return [
    ...files.flatMap(survivorsOf),
    '',
    heading('file'),
    line,
    ...files.map(({ path, mutants }) => row(path, mutants)),
    '',
    heading('room'),
    line,
    ...[...byRoom].map(([room, some]) => row(room, mutantsOf(some))),
    row('together', mutantsOf(files)),
  ].join('\n');
}

function survivorsOf({ path, source, mutants }: MeasuredFile): string[] {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => status === 'survived' || status === 'uncovered')
    .map(({ status, mutatorName, replacement, location: { start, end } }) => {
      const part = lines.slice(start.line - 1, end.line);
      const last = part.at(-1)?.slice(0, end.column - 1) ?? '';
      const text = [...part.slice(0, -1), last].join('\n').slice(start.column - 1);
      const change = `${inOneLine(text)} => ${inOneLine(replacement)}`;
      return `${path}:${start.line}:${start.column} ${status} ${mutatorName}: ${change}`;
    });
}

const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 120);

const SCHEMA_STATUS = {
  killed: 'Killed',
  survived: 'Survived',
  uncovered: 'NoCoverage',
  static: 'Ignored',
};

/** In the form of Stryker's reports (mutation-testing-report-schema), which other tools can show. */
export function reportAsJson(files: readonly MeasuredFile[]): object {
  return {
    schemaVersion: '2',
    thresholds: { high: 95, low: LEAST_SCORE },
    files: Object.fromEntries(
      files.map(({ path, source, mutants }) => [
        path,
        {
          language: 'typescript',
          source,
          mutants: mutants.map(({ status, by, ...mutant }) => ({
            ...mutant,
            status: SCHEMA_STATUS[status],
            ...(by === undefined ? {} : { statusReason: by }),
          })),
        },
      ]),
    ),
  };
}
