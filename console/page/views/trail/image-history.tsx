import { useState } from 'preact/hooks';
import { api, ask, here } from '../../client.ts';
import { count, when } from '../../format.ts';
import { to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';
import { Decision } from './decision.tsx';
import { LookBack } from './look-back.tsx';

const HOURS = [
  ['168', '7 days'],
  ['720', '30 days'],
  ['2160', '90 days'],
] as const;

/** What became of each event that changes an image, oldest first. */
export function ImageHistory({ guid }: { readonly guid: string }) {
  const [hours, setHours] = useState('168');
  const { value, error } = useAnswer(
    () => ask(api.trail.image.$get({ param: here(), query: { guid, hours } })),
    `${guid} ${hours}`,
  );
  return (
    <section>
      <h2>History</h2>
      <LookBack options={HOURS} value={hours} onChange={setHours} />
      <p role="status">{error ?? (value === undefined ? 'Reading the trail…' : value.reading)}</p>
      {value?.rows.length === 0 && <p>No event of this time changes it.</p>}
      {value !== undefined && value.rowsLeft > 0 && (
        <p>{count(value.rowsLeft)} older rows are left out.</p>
      )}
      <ol class="timeline">
        {value?.rows.map((row, at) => (
          <li key={at}>
            <time>{when(row.at)}</time>
            <div>
              <Decision row={row} />
              <div>
                of event <a href={to('event', row.eventId)}>{row.name}</a>
                {row.images > 1 && `, one of its ${count(row.images)} images`}
                {row.images > 1 && !row.isAtFault && ', and not at fault'}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
