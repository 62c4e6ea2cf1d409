import { api, ask, attempt, here } from '../../client.ts';
import { count, when } from '../../format.ts';
import { to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';
import { ReplayOutcome } from './replay-outcome.tsx';

/** Seconds between two looks at a replay that is under way. */
const PAUSE = 0.5;

/** The replays since the console was started, or one of them. */
export function Replays({ id }: { readonly id: string }) {
  return id === '' ? <All /> : <One id={id} />;
}

function All() {
  const { value, error } = useAnswer(() => ask(api.replays.$get({ param: here() })), '', 2);
  if (value === undefined) return <p role="status">{error ?? 'Asking…'}</p>;
  return (
    <>
      <h1>Replays</h1>
      {value.replays.length === 0 && <p>None since the console was started.</p>}
      <ul>
        {value.replays.map(({ id, startedAt, phase, redriven }) => (
          <li key={id}>
            <a href={to('replays', id)}>{when(startedAt)}</a> {phase}, {count(redriven)} redriven
          </li>
        ))}
      </ul>
    </>
  );
}

function One({ id }: { readonly id: string }) {
  const { value: state, error } = useAnswer(
    () => ask(api.replays[':id'].$get({ param: { ...here(), id } })),
    id,
    PAUSE,
  );
  if (state === undefined) return <p role="status">{error ?? 'Asking…'}</p>;
  const { phase, planned, read, redriven, known, isCancelled } = state;
  const isOver = phase === 'done' || phase === 'failed';
  const cancel = () =>
    attempt(async () => {
      await ask(api.change['cancel-replay'].$post({ param: here(), json: { id } }));
    });
  return (
    <>
      <h1>Replay of {when(state.startedAt)}</h1>
      <p role="status">
        {phase === 'sending' && `${count(planned)} sent, of ${count(read)} read so far…`}
        {phase === 'waiting' &&
          `${count(redriven)} redriven. So far ${count(known)} of them settled, or dead again…`}
        {isOver && `${count(redriven)} redriven.`}
        {isCancelled && ' Cancelled: what was sent stays sent.'}
      </p>
      {!isOver && (
        <p class="actions">
          <progress aria-label="Replay" />
          <button type="button" disabled={isCancelled} onClick={() => void cancel()}>
            {phase === 'waiting' ? 'Stop waiting' : 'Cancel'}
          </button>
        </p>
      )}
      <ReplayOutcome state={state} />
      {isOver && (
        <p>
          <a href={to('letters')}>Dead letters</a>
        </p>
      )}
    </>
  );
}
