import { api, ask, here } from '../../client.ts';
import { count, when } from '../../format.ts';
import { letterChoice } from '../../letter-filter.ts';
import { to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';

/** The letters of one group. */
export function LetterRows({
  group,
  takenAt,
  title,
}: {
  readonly group: string;
  readonly takenAt: number | null;
  readonly title: { readonly reason: string; readonly detail: string } | undefined;
}) {
  const json = { ...letterChoice(), group };
  const { value, error } = useAnswer(
    () => ask(api.ask.group.$post({ param: here(), json })),
    `${JSON.stringify(json)} ${takenAt}`,
  );
  if (value === undefined) return <p role="status">{error ?? 'Asking…'}</p>;
  const { rows } = value;
  return (
    <>
      <h2>{title?.reason ?? 'A group that is gone'}</h2>
      <p class="detail">{title?.detail}</p>
      <p>
        <a href={to('letters')}>All groups</a>
        {rows.length < value.count && `: the first ${count(rows.length)} of ${count(value.count)}`}
      </p>
      <section class="wide" aria-label="Dead letters of the group">
        <table>
          <thead>
            <tr>
              <th scope="col">Images</th>
              <th scope="col">Message</th>
              <th scope="col">Died</th>
              <th scope="col">Redriven</th>
              <th scope="col">Days left</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ messageId, guids, time, redrives, daysLeft }) => (
              <tr key={messageId}>
                <td class="mono">
                  {guids[0] ?? 'none named'}
                  {guids.length > 1 && ` and ${count(guids.length - 1)} more`}
                </td>
                <td class="mono">
                  <a href={to('letter', messageId)}>{messageId}</a>
                </td>
                <td>{when(time)}</td>
                <td class="number">{redrives}</td>
                <td class="number">{daysLeft}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
