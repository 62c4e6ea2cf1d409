import { useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../../client.ts';
import { Editor } from '../../editor/editor.tsx';
import { readable } from '../../editor/readable.ts';
import { when } from '../../format.ts';
import { CheckBox } from '../../parts/check-box.tsx';
import { Rows } from '../../parts/rows.tsx';
import { go, to } from '../../state.ts';
import { useAnswer } from '../../use-answer.ts';

/** One dead letter: why it is dead, its body, and how to send it again. */
export function Letter({ id, isReadOnly }: { readonly id: string; readonly isReadOnly: boolean }) {
  const { value: letter, error } = useAnswer(
    () => ask(api.letters.one[':id'].$get({ param: { ...here(), id } })),
    id,
  );
  const [edited, setEdited] = useState<string | undefined>();
  const [force, setForce] = useState(false);
  if (letter === undefined) return <p role="status">{error ?? 'Asking…'}</p>;
  const body = edited ?? letter.body;
  const isEdited = edited !== undefined && edited !== readable(letter.body);
  const replay = async () => {
    const what = isEdited
      ? 'Replay this letter with the edited body?'
      : 'Replay this letter as it is?';
    if (!confirm(what)) return;
    await attempt(async () => {
      const { from } = letter;
      const json = { ids: [id], force, ...(from && { from }), ...(isEdited && { body }) };
      const { id: replay } = await ask(api.change.replay.$post({ param: here(), json }));
      go('replays', replay);
    });
  };
  return (
    <>
      <h1>{titleOf(letter)}</h1>
      <p class="detail">{letter.detail}</p>
      <p>
        <a href={to('runbook', anchorOf(letter))}>What the runbook says</a> ·{' '}
        <a href={to('letters', letter.group)}>Letters like it</a>
      </p>
      <Rows
        rows={[
          ['message', id],
          ['expires', `${when(letter.expiresAt)}, in ${letter.daysLeft} days`],
          ...letter.facts,
          ...letter.attributes.filter(([name]) => name !== 'failure'),
        ]}
      />
      <p>
        <a href={to('event', id)}>The timeline of its event</a>
      </p>
      {letter.guids.length > 0 && (
        <p>
          Images:{' '}
          {letter.guids.slice(0, 20).map((guid) => (
            <a key={guid} class="mono item" href={to('image', guid)}>
              {guid}
            </a>
          ))}
        </p>
      )}
      <h2>Body</h2>
      <Editor
        text={letter.body}
        isReadOnly={isReadOnly}
        faults={letter.check}
        onChange={setEdited}
      />
      {letter.check.isValid && letter.diesAgain !== undefined && !isEdited && (
        <p class="wrong">Replayed as it is, it is dead again: {letter.diesAgain}</p>
      )}
      {!isReadOnly && (
        <p class="actions">
          <button type="button" onClick={() => void replay()}>
            {isEdited ? 'Replay edited…' : 'Replay…'}
          </button>
          <CheckBox label="even after three redrives" isChecked={force} onChange={setForce} />
          {isEdited && <span>Other values count as a change of now.</span>}
        </p>
      )}
      {letter.histories.map(({ guid, lines }) => (
        <section key={guid}>
          <h2>Ledger: {guid}</h2>
          <pre>{lines.join('\n')}</pre>
        </section>
      ))}
    </>
  );
}

interface Titled {
  readonly reason: string;
  readonly from?: string | undefined;
}

function titleOf({ reason, from }: Titled): string {
  if (from === 'webhooks') return 'A webhook that could not be mapped';
  if (from !== undefined) return `Not delivered by the ${from}`;
  return reason === 'none' ? 'A letter without a reason' : reason;
}

/** As the headings of docs/runbook.md make it. */
function anchorOf({ reason, from }: Titled): string {
  if (from !== undefined) return `alarm-${from}undelivered`;
  return reason === 'none' ? 'a-dead-letter-without-a-reason' : `reason-${reason.toLowerCase()}`;
}
