import { useRef, useState } from 'preact/hooks';
import { api, ask, here } from '../../client.ts';
import { count } from '../../format.ts';
import { FilterChoice, FilterForm, FilterText } from '../../parts/filter-form.tsx';
import { useAnswer } from '../../use-answer.ts';
import { EventRows } from './event-rows.tsx';
import { FindEvent } from './find-event.tsx';

/** Rows at first; each time that more are wanted, twice as many. */
const FIRST_ROWS = 50;
/** What the server sends at most. */
const MAX_ROWS = 1_000;

const HOURS = [
  ['24', 'a day'],
  ['1', 'an hour'],
  ['6', '6 hours'],
  ['168', '7 days'],
  ['720', '30 days'],
] as const;
const VERDICTS = ['applied', 'unchanged', 'superseded', 'returned', 'dead-lettered'] as const;

/** What became of events, by time and reason. @param filter what is asked for, as a query */
export function Events({ filter }: { readonly filter: string }) {
  const asked = new URLSearchParams(filter);
  return (
    <>
      <h1>Events</h1>
      <FindEvent />
      <FilterForm view="events">
        <FilterChoice label="Period" name="hours" asked={asked} options={HOURS} />
        <FilterText label="Until, in UTC" name="until" asked={asked} usual="now" />
        <FilterChoice
          label="Verdict"
          name="verdict"
          asked={asked}
          options={[['', 'each'], ...VERDICTS.map((one) => [one, one] as const)]}
        />
        <FilterText label="Reasons, with commas" name="reason" asked={asked} />
        <FilterText label="Source" name="source" asked={asked} />
        <FilterText label="Account, account_key" name="account" asked={asked} />
      </FilterForm>
      <Listed asked={asked} />
    </>
  );
}

function Listed({ asked }: { readonly asked: URLSearchParams }) {
  const [limit, setLimit] = useState(FIRST_ROWS);
  const query = { hours: '24', ...Object.fromEntries(asked), limit: String(limit) };
  const { value, error, reload } = useAnswer(
    () => ask(api.trail.events.$get({ param: here(), query })),
    `${asked} ${limit}`,
  );
  // While more are read, those that were read stay in sight.
  const last = useRef(value);
  last.current = value ?? last.current;
  const { current: shown } = last;
  return (
    <>
      <p role="status">{error ?? (value === undefined ? 'Reading the trail…' : value.reading)}</p>
      {shown !== undefined && (
        <>
          <EventRows rows={shown.rows} />
          <p class="actions">
            {shown.isMore && limit < MAX_ROWS && (
              <button
                type="button"
                disabled={value === undefined}
                onClick={() => setLimit(Math.min(2 * limit, MAX_ROWS))}
              >
                More
              </button>
            )}
            <button type="button" data-key="r" onClick={() => void reload()}>
              Read anew
            </button>
            {shown.isMore && limit === MAX_ROWS && (
              <span>
                The newest {count(MAX_ROWS)}: for others say until when, or what else is wanted.
              </span>
            )}
          </p>
        </>
      )}
    </>
  );
}
