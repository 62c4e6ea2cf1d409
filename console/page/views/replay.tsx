import { useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../client.ts';
import { count } from '../format.ts';
import { chosenGroups, go, to } from '../state.ts';
import { useAnswer } from '../use-answer.ts';
import { CheckBox } from './check-box.tsx';
import { DryRun } from './dry-run.tsx';

/** Replays many letters: first what would be sent, then how fast. */
export function Replay() {
  const [guid, setGuid] = useState('');
  const [limit, setLimit] = useState('');
  const [rate, setRate] = useState('');
  const [force, setForce] = useState(false);
  const groups = [...chosenGroups.value];
  const json = {
    force,
    ...(groups.length > 0 && { groups }),
    ...(guid !== '' && { guid: [guid.trim()] }),
    ...(limit !== '' && { limit: Number(limit) }),
    ...(rate !== '' && { rate: Number(rate) }),
  };
  const { value: plan, error } = useAnswer(
    () => ask(api.ask['dry-run'].$post({ param: here(), json })),
    JSON.stringify(json),
  );
  const start = async () => {
    if (!confirm(`Replay ${count(plan?.count ?? 0)} dead letters?`)) return;
    await attempt(async () => {
      const { id } = await ask(api.change.replay.$post({ param: here(), json }));
      chosenGroups.value = new Set();
      go('replays', id);
    });
  };
  return (
    <>
      <h1>Replay</h1>
      <p>
        {groups.length === 0 ? 'All groups.' : `${count(groups.length)} chosen groups.`}{' '}
        <a href={to('letters')}>Choose groups</a>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Field label="Only about this image" value={guid} onInput={setGuid} />
        <Field label="At most (5, say, to try)" value={limit} onInput={setLimit} isNumber />
        <Field label="A second at most" value={rate} onInput={setRate} isNumber />
        <CheckBox label="even after three redrives" isChecked={force} onChange={setForce} />
        <p class="actions">
          <button type="submit" disabled={plan === undefined || plan.count === 0}>
            Replay {plan === undefined ? '' : count(plan.count)}…
          </button>
        </p>
      </form>
      {plan === undefined ? <p role="status">{error ?? 'Asking…'}</p> : <DryRun plan={plan} />}
    </>
  );
}

function Field({
  label,
  value,
  onInput,
  isNumber = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly isNumber?: boolean;
}) {
  return (
    <label class="field">
      {label}
      <input
        type="text"
        inputMode={isNumber ? 'numeric' : 'text'}
        value={value}
        onInput={({ currentTarget: { value } }) => onInput(isNumber ? digitsOf(value) : value)}
      />
    </label>
  );
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
