import { useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../../client.ts';
import { age, count } from '../../format.ts';
import { notice, to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';
import { Alarms } from './alarms.tsx';
import { Charts } from './charts.tsx';
import { LastHour } from './last-hour.tsx';

/** Seconds between two looks at the queues. */
const PAUSE = 5;

/** How a deployment is doing. */
export function Overview({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const { value, error } = useAnswer(
    () => ask(api.overview.$get({ param: here() })),
    'overview',
    PAUSE,
  );
  if (value === undefined) return <p role="status">{error ?? 'Asking…'}</p>;
  const { queue, deadLetterQueue, mapping, lastHour, alarms } = value;
  return (
    <>
      <h1>Overview</h1>
      {error !== undefined && <p class="wrong">{error}</p>}
      <div class="figures">
        <Queue title="Queue" queue={queue} />
        <Queue title="Dead letters" queue={deadLetterQueue} link={to('letters')} />
        <section>
          <h2>Events are taken</h2>
          <Taking mapping={mapping} isReadOnly={isReadOnly} />
        </section>
      </div>
      <Alarms alarms={alarms} />
      <Charts />
      <LastHour hour={lastHour} />
    </>
  );
}

type Known<Value> = { readonly value: Value } | { readonly unknown: string };

function Queue({
  title,
  queue,
  link,
}: {
  readonly title: string;
  readonly queue: {
    readonly visible: number;
    readonly inFlight: number;
    readonly delayed: number;
    readonly oldestSeconds: Known<number | null>;
  };
  readonly link?: string;
}) {
  const { visible, inFlight, delayed, oldestSeconds } = queue;
  const oldest =
    'unknown' in oldestSeconds
      ? `oldest unknown: ${oldestSeconds.unknown}`
      : oldestSeconds.value === null
        ? 'no recent value of the oldest'
        : `oldest ${age(oldestSeconds.value * 1_000)}`;
  return (
    <section>
      <h2>{link === undefined ? title : <a href={link}>{title}</a>}</h2>
      <p class="big">{count(visible)}</p>
      <p>
        {count(inFlight)} in flight, {count(delayed)} delayed; {oldest}
      </p>
    </section>
  );
}

function Taking({
  mapping,
  isReadOnly,
}: {
  readonly mapping: Known<string>;
  readonly isReadOnly: boolean;
}) {
  const [isBusy, setBusy] = useState(false);
  if ('unknown' in mapping) return <p>unknown: {mapping.unknown}</p>;
  const isOn = mapping.value === 'Enabled';
  const change = async () => {
    const what = isOn ? 'Stop taking events? They wait in the queue.' : 'Take events again?';
    if (!confirm(what)) return;
    setBusy(true);
    await attempt(async () => {
      const route = isOn ? api.change.pause : api.change.resume;
      const { state } = await ask(route.$post({ param: here() }));
      notice.value = { isError: false, text: `The event source mapping is ${state}.` };
    });
    setBusy(false);
  };
  return (
    <>
      <p class={isOn ? 'big' : 'big wrong'}>{mapping.value}</p>
      {!isReadOnly && (
        <button type="button" disabled={isBusy} onClick={() => void change()}>
          {isBusy ? 'Switching…' : isOn ? 'Pause…' : 'Resume…'}
        </button>
      )}
    </>
  );
}
