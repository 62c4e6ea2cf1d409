import { useState } from 'preact/hooks';
import { count, when } from '../../format.ts';
import { FilterChoice, FilterForm, FilterText } from '../../parts/filter-form.tsx';
import { to } from '../../state.ts';
import { MAX_LINES, type Tail as Told, useTail } from '../../use-tail.ts';
import { TailRow } from './tail-row.tsx';

const BEGINNINGS = [
  ['0', 'now'],
  ['5', '5 minutes ago'],
  ['60', 'an hour ago'],
  ['1440', 'a day ago'],
] as const;

/** What happens, as it happens. @param filter what is asked for, as a query */
export function Tail({ filter }: { readonly filter: string }) {
  const asked = new URLSearchParams(filter);
  const tail = useTail(filter);
  const [paused, setPaused] = useState<Pick<Told, 'lines' | 'told'> | undefined>();
  const { lines } = paused ?? tail;
  const newer = paused === undefined ? 0 : tail.told - paused.told;
  return (
    <>
      <h1>Tail</h1>
      <p>
        Each dead letter, what comes back by reason, warnings, and the counts of each batch, some
        seconds after the function logs them. What went well, event by event, stands under{' '}
        <a href={to('events')}>Events</a>.
      </p>
      <FilterForm view="tail">
        <FilterChoice label="From" name="minutes" asked={asked} options={BEGINNINGS} />
        <FilterText label="Reasons, with commas" name="reason" asked={asked} />
        <FilterText label="Source" name="source" asked={asked} />
        <FilterText label="Event, message or dead letter" name="event" asked={asked} />
        <FilterText label="Image" name="guid" asked={asked} />
      </FilterForm>
      <p class="actions">
        <button
          type="button"
          aria-pressed={paused !== undefined}
          onClick={() => setPaused(paused === undefined ? tail : undefined)}
        >
          {newer === 0 ? 'Pause' : `Pause: ${count(newer)} newer`}
        </button>
        <button
          type="button"
          onClick={() => {
            tail.clear();
            setPaused(undefined);
          }}
        >
          Clear
        </button>
        <State tail={tail} />
      </p>
      {lines.length === 0 && <p>Nothing so far.</p>}
      <ol class="timeline">
        {lines.map((line) => (
          <li key={line.id}>
            <time>{when(line.time)}</time>
            <TailRow line={line} />
          </li>
        ))}
      </ol>
      {lines.length === MAX_LINES && <p>Older lines are left out.</p>}
    </>
  );
}

const STATES = {
  connecting: 'Asking…',
  following: 'Following.',
  lost: 'The console does not answer; trying again…',
} as const;

function State({ tail: { state, retry } }: { readonly tail: Told }) {
  if (typeof state === 'string') return <span role="status">{STATES[state]}</span>;
  return (
    <>
      <span role="status" class="wrong">
        {state.wrong}
      </span>
      <button type="button" onClick={retry}>
        Follow again
      </button>
    </>
  );
}
