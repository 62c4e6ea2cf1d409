import type { ShownDecision } from '../../../server/trail/shown-decision.ts';
import { count, when } from '../../format.ts';
import { to } from '../../state.ts';
import { Verdict } from './verdict.tsx';

/** What became of events, a row each time that one was decided. */
export function EventRows({ rows }: { readonly rows: readonly ShownDecision[] }) {
  if (rows.length === 0) return <p>Nothing like that in this time.</p>;
  return (
    <section class="wide" aria-label="Events">
      <table>
        <thead>
          <tr>
            <th scope="col">Decided</th>
            <th scope="col">Verdict</th>
            <th scope="col">Event</th>
            <th scope="col">Images</th>
            <th scope="col">Source, account</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              <td>
                <time>{when(row.at)}</time>
              </td>
              <td>
                <Verdict verdict={row.verdict} reason={row.reason} />
                {row.detail !== undefined && <div class="detail quiet">{row.detail}</div>}
              </td>
              <td class="mono event">
                <a href={to('event', row.eventId)}>{row.name}</a>
              </td>
              <td>
                <ImagesOf row={row} />
              </td>
              <td class="detail">{[row.source, row.account].filter(Boolean).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ImagesOf({ row: { images, guids } }: { readonly row: ShownDecision }) {
  const [guid] = guids;
  if (images !== 1 || guid === undefined) return <>{count(images)}</>;
  return (
    <a class="mono" href={to('image', guid)}>
      {guid}
    </a>
  );
}
