import type { ReplayState } from '../../../server/replay/replays.ts';
import { count } from '../../format.ts';
import { Rows } from '../../parts/rows.tsx';

/** What became of the letters of a replay. */
export function ReplayOutcome({ state }: { readonly state: ReplayState }) {
  const { outcome, skipped, skippedCount, failed, doubled, error } = state;
  return (
    <>
      {error !== undefined && <p class="wrong">{error}</p>}
      {outcome !== undefined && (
        <>
          <h2>What became of them</h2>
          <Rows rows={rowsOf(outcome)} />
        </>
      )}
      <Left title={`${count(skippedCount)} left`} rows={skipped} />
      <Left title="Not sent" rows={failed} />
      <Left title="Sent, but still in the dead-letter queue too" rows={doubled} />
    </>
  );
}

function rowsOf(outcome: NonNullable<ReplayState['outcome']>): [string, string][] {
  if ('unknown' in outcome) return [['unknown', outcome.unknown]];
  const { settled, fates, deadAgain, waiting } = outcome;
  const settledRows: [string, number][] =
    fates === undefined
      ? [[waiting > 0 ? 'settled, at least' : 'settled', settled]]
      : [
          ['applied', fates.applied],
          ['superseded, or unchanged', fates.superseded],
        ];
  const rows: [string, number][] = [
    ...settledRows,
    ...Object.entries(deadAgain).map(([reason, number]): [string, number] => [
      `dead again: ${reason}`,
      number,
    ]),
  ];
  if (waiting > 0) rows.push(['may still wait in the queue, at most', waiting]);
  return rows.map(([name, number]) => [name, count(number)]);
}

function Left({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly { readonly messageId: string; readonly why: string }[];
}) {
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {rows.map(({ messageId, why }) => (
          <li key={messageId}>
            <span class="mono">{messageId}</span> {why}
          </li>
        ))}
      </ul>
    </>
  );
}
