import { useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../../client.ts';
import { count } from '../../format.ts';
import { filterInWords, letterChoice, letterFilter, queueName } from '../../letter-filter.ts';
import { CheckBox } from '../../parts/check-box.tsx';
import { Field } from '../../parts/field.tsx';
import { chosenGroups, go, to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';
import { DryRun } from './dry-run.tsx';

/** Replays many letters: first what would be sent, then how fast. */
export function Replay() {
  const [limit, setLimit] = useState('');
  const [rate, setRate] = useState('');
  const [force, setForce] = useState(false);
  const groups = [...chosenGroups.value];
  const json = {
    ...letterChoice(),
    force,
    ...(groups.length > 0 && { groups }),
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
        {scopeOf(groups.length)} <a href={to('letters')}>Choose others</a>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
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

/** Which letters are meant, in words. */
function scopeOf(groups: number): string {
  const queue = queueName(letterFilter().from);
  const filter = filterInWords();
  const parts = [
    ...(groups === 0 ? [] : [`${count(groups)} chosen ${groups === 1 ? 'group' : 'groups'}`]),
    ...(filter === '' ? [] : [filter]),
  ];
  return `${queue}: ${parts.length === 0 ? 'all of them' : parts.join(', ')}.`;
}
