import { useState } from 'preact/hooks';
import type { EventDetail } from '../../../server/trail/event-detail.ts';
import { api, ask, here } from '../../client.ts';
import { count } from '../../format.ts';
import { to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';
import { FindEvent } from './find-event.tsx';
import { LookBack } from './look-back.tsx';
import { Timeline } from './timeline.tsx';
import { Verdict } from './verdict.tsx';

/** What became of an event. @param id its own, or that of a message or a dead letter of it */
export function Event({ id }: { readonly id: string }) {
  return (
    <>
      <h1>Event</h1>
      <FindEvent id={id} />
      {id !== '' && <Known id={id} />}
    </>
  );
}

const HOURS = [
  ['', 'to its first sending, 30 days at most'],
  ['720', '30 days, for earlier sendings with the same id'],
  ['2160', '90 days'],
] as const;

function Known({ id }: { readonly id: string }) {
  const [hours, setHours] = useState('');
  const query = { id, ...(hours !== '' && { hours: Number(hours) }) };
  const { value, error } = useAnswer(
    () => ask(api.trail.event.$get({ param: here(), query })),
    `${id} ${hours}`,
  );
  return (
    <>
      <LookBack options={HOURS} value={hours} onChange={setHours} />
      <p role="status">{error ?? (value === undefined ? 'Reading the trail…' : value.reading)}</p>
      {value?.heading === null && <Unknown />}
      {value !== undefined && value.heading !== null && <Found id={id} event={value} />}
    </>
  );
}

function Unknown() {
  return (
    <p class="warning">
      The trail does not know this event. It is not in the trail while it waits in the queue for the
      first time, nor once it is older than the trail is kept (<code>trailDays</code>, 30 by
      default). One that breaks the contract has no id that could be read: the id of its message or
      its dead letter finds it.
    </p>
  );
}

function Found({ id, event }: { readonly id: string; readonly event: EventDetail }) {
  const { heading, rows, rowsLeft, images, imageCount } = event;
  return (
    <>
      <h2 class="detail">{heading}</h2>
      {rowsLeft > 0 && <p>{count(rowsLeft)} older rows are left out.</p>}
      <Timeline rows={rows} asked={id} />
      <h2>Images</h2>
      {images.length < imageCount && (
        <p>
          The first {count(images.length)} of {count(imageCount)}.
        </p>
      )}
      {images.length === 0 && <p>None that could be read.</p>}
      <ul>
        {images.map(({ guid, verdict, reason, isAtFault }) => (
          <li key={guid}>
            <a class="mono" href={to('image', guid)}>
              {guid}
            </a>{' '}
            <Verdict verdict={verdict} reason={reason} />
            {!isAtFault && ', and not at fault'}
          </li>
        ))}
      </ul>
    </>
  );
}
