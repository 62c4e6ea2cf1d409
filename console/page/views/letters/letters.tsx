import { useEffect, useRef, useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../../client.ts';
import { age, count } from '../../format.ts';
import {
  filterInWords,
  letterChoice,
  letterFilter,
  letterQueue,
  queueName,
} from '../../letter-filter.ts';
import { chosenGroups, to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';
import { Filters } from './filters.tsx';
import { GroupTable } from './group-table.tsx';
import { LetterRows } from './letter-rows.tsx';

/** Letters by reason and detail; with a group, its letters. */
export function Letters({
  group,
  isReadOnly,
}: {
  readonly group: string;
  readonly isReadOnly: boolean;
}) {
  const [isBusy, setBusy] = useState(false);
  const json = letterChoice();
  const list = useAnswer(
    () => ask(api.ask.letters.$post({ param: here(), json })),
    JSON.stringify(json),
    isBusy ? 1 : 30,
  );
  const read = async () => {
    setBusy(true);
    await attempt(async () => {
      await ask(api.ask['read-letters'].$post({ param: here(), json: letterQueue() }));
      await list.reload();
    });
    setBusy(false);
  };
  const isNew = list.value !== undefined && list.value.takenAt === null && !list.value.isReading;
  useEffect(() => {
    if (isNew) void read();
  }, [isNew]);
  // While somebody types into a filter, what was known stays, and so does the field itself.
  const last = useRef(list.value);
  last.current = list.value ?? last.current;
  const value = last.current;
  if (value === undefined) return <p role="status">{list.error ?? 'Asking…'}</p>;
  const { takenAt, isReading, total, groups, coverage, isCut, choices, queues } = value;
  const found = list.error === undefined ? value.count : 0;
  const isFiltered = filterInWords() !== '';
  const shown = groups.find(({ key }) => key === group);
  return (
    <>
      <h1>{queueName(letterFilter().from)}</h1>
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
      <Filters choices={choices} queues={queues} />
      <p class="actions">
        <button type="button" data-key="r" disabled={isBusy} onClick={() => void read()}>
          Read anew
        </button>
        {!isReadOnly && group !== '' && shown !== undefined && (
          <a class="button" href={to('replay')} onClick={() => chooseOnly(group)}>
            {`Replay this group of ${count(shown.count)}…`}
          </a>
        )}
        {!isReadOnly && group === '' && found > 0 && (
          <a class="button" href={to('replay')}>
            {replayText(found, isFiltered)}
          </a>
        )}
        {isFiltered && (
          <span role="status">
            {list.error ??
              (list.value === undefined
                ? 'Asking…'
                : `${count(found)} of ${count(total)}: ${filterInWords()}`)}
          </span>
        )}
      </p>
      {group !== '' && <LetterRows group={group} takenAt={takenAt} title={shown} />}
      {group === '' && found > 0 && <GroupTable groups={groups} isReadOnly={isReadOnly} />}
      {group === '' && found === 0 && takenAt !== null && list.error === undefined && (
        <p>{total === 0 ? 'None.' : 'The filter leaves none.'}</p>
      )}
    </>
  );
}

/** Within a group, that group is meant, and none of those that were chosen elsewhere. */
function chooseOnly(group: string): void {
  chosenGroups.value = new Set([group]);
}

function replayText(found: number, isFiltered: boolean): string {
  const { size } = chosenGroups.value;
  if (size > 0) return `Replay ${count(size)} chosen ${size === 1 ? 'group' : 'groups'}…`;
  return isFiltered ? `Replay these ${count(found)}…` : `Replay all ${count(found)}…`;
}
