import { useEffect, useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../client.ts';
import { age, count, when } from '../format.ts';
import { chosenGroups, to } from '../state.ts';
import { useAnswer } from '../use-answer.ts';
import { LetterRows } from './letter-rows.tsx';

/** Dead letters by reason and detail; with a group, its letters. */
export function Letters({
  group,
  isReadOnly,
}: {
  readonly group: string;
  readonly isReadOnly: boolean;
}) {
  const [isBusy, setBusy] = useState(false);
  const list = useAnswer(() => ask(api.letters.$get({ param: here() })), group, isBusy ? 1 : 30);
  const read = async () => {
    setBusy(true);
    await attempt(async () => {
      await ask(api.ask['read-letters'].$post({ param: here() }));
      await list.reload();
    });
    setBusy(false);
  };
  const { value } = list;
  const isNew = value !== undefined && value.takenAt === null && !value.isReading;
  useEffect(() => {
    if (isNew) void read();
  }, [isNew]);
  if (value === undefined) return <p role="status">{list.error ?? 'Asking…'}</p>;
  const { takenAt, isReading, total, groups, coverage, isCut } = value;
  return (
    <>
      <h1>Dead letters</h1>
      <p role="status">
        {isReading || isBusy
          ? `Reading: ${count(coverage.seen)} of about ${count(coverage.visible)}…`
          : takenAt === null
            ? 'Not read yet.'
            : `${count(total)} as they were ${age(Date.now() - takenAt)} ago. Reading them anew hides them from others, for a minute at most.`}
      </p>
      {takenAt !== null && !coverage.isComplete && (
        <p class="warning">
          Incomplete: {count(coverage.seen)} seen; SQS counted about {count(coverage.visible)}{' '}
          before, and about {count(coverage.inFlight)} hidden, which another reader holds. Read
          again in a minute.
        </p>
      )}
      {isCut && <p class="warning">There are more than the console keeps in memory.</p>}
      <p class="actions">
        <button type="button" data-key="r" disabled={isBusy} onClick={() => void read()}>
          Read anew
        </button>
        {!isReadOnly && total > 0 && (
          <a class="button" href={to('replay')}>
            {chosenGroups.value.size === 0
              ? 'Replay all…'
              : `Replay ${count(chosenGroups.value.size)} chosen…`}
          </a>
        )}
      </p>
      {group === '' ? (
        <Groups groups={groups} isReadOnly={isReadOnly} />
      ) : (
        <LetterRows
          group={group}
          takenAt={takenAt}
          title={groups.find(({ key }) => key === group)}
        />
      )}
    </>
  );
}

interface Group {
  readonly key: string;
  readonly reason: string;
  readonly detail: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly daysLeft: number;
}

function Groups({
  groups,
  isReadOnly,
}: {
  readonly groups: readonly Group[];
  readonly isReadOnly: boolean;
}) {
  if (groups.length === 0) return <p>No dead letters.</p>;
  return (
    <section class="wide" aria-label="Groups of dead letters">
      <table>
        <thead>
          <tr>
            {!isReadOnly && <th scope="col">Choose</th>}
            <th scope="col">Count</th>
            <th scope="col">Reason and detail</th>
            <th scope="col">First seen</th>
            <th scope="col">Last seen</th>
            <th scope="col">Days left</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              {!isReadOnly && (
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Choose ${group.reason}: ${group.detail}`}
                    checked={chosenGroups.value.has(group.key)}
                    onChange={() => choose(group.key)}
                  />
                </td>
              )}
              <td class="number">{count(group.count)}</td>
              <td>
                <a href={to('letters', group.key)}>
                  <strong>{group.reason === 'none' ? 'no reason' : group.reason}</strong>
                </a>{' '}
                <span class="detail">{group.detail}</span>
              </td>
              <td>{when(group.first)}</td>
              <td>{when(group.last)}</td>
              <td class={group.daysLeft < 2 ? 'number wrong' : 'number'}>{group.daysLeft}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function choose(key: string): void {
  const { value } = chosenGroups;
  chosenGroups.value = value.symmetricDifference(new Set([key]));
}
