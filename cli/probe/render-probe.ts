import type { Contradiction } from '../../infra/doctor/probe-rules.ts';
import type { Probed } from '../../infra/doctor/probed.ts';
import { paint, type Terminal } from '../terminal/terminal.ts';
import { wrappedTable } from '../terminal/wrapped-table.ts';
import type { PutBack } from './put-back.ts';
import type { Row } from './rows/row.ts';

/** Of the mark, and of each column of the table: together a little less than 120. */
const WIDTHS = [2, 36, 40, 36];
const MARKS = { holds: 'ok', differs: '!!', unknown: '??' } as const;

/** All that is told of a probe. */
export interface Report {
  readonly probed: Pick<Probed, 'apiUrl' | 'calls'>;
  readonly rows: readonly Row[];
  readonly against: readonly Contradiction[];
  readonly putBack: PutBack | undefined;
  /** The file that it was saved in. */
  readonly saved: string | undefined;
}

/** A probe for people: the table, then what is at odds with it, and what is left to do. */
export function renderProbe(report: Report, { stdout }: Terminal): string {
  const { probed, rows, against, putBack, saved } = report;
  const head = ['', 'assumption', 'seen', 'what to set'];
  const body = rows.map(({ result, assumption, seen, set }) => {
    return [MARKS[result], assumption, seen, set];
  });
  return [
    wrappedTable([head, ...body], WIDTHS),
    `${probed.apiUrl}, ${probed.calls} calls; ok as assumed, !! otherwise, ?? not seen`,
    ...against.map(({ setting, message }) => {
      return paint(stdout, 'yellow', `Settings at odds with this: ${setting} ${message}`);
    }),
    ...putBackLines(putBack).map((line) => paint(stdout, 'bold', line)),
    ...(saved === undefined
      ? []
      : [`Kept in ${saved}, which synth and check compare settings with.`]),
  ].join('\n');
}

function putBackLines(putBack: PutBack | undefined): string[] {
  if (putBack === undefined) return [];
  if (putBack.left.length === 0) return ['Both images are as they were before.', ...putBack.notes];
  return [
    `Put back by hand (${putBack.why}):`,
    ...putBack.left.map(({ guid, field, text }) => `  ${guid} ${field}: ${JSON.stringify(text)}`),
    ...putBack.notes,
  ];
}
