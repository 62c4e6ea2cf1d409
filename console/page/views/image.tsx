import { useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../client.ts';
import { age } from '../format.ts';
import { go, notice, to } from '../state.ts';
import { useAnswer } from '../use-answer.ts';
import { ImageHistory } from './trail/image-history.tsx';

/** What is known of an image, and a way to have it forgotten. */
export function Image({
  guid,
  isReadOnly,
}: {
  readonly guid: string;
  readonly isReadOnly: boolean;
}) {
  const [wanted, setWanted] = useState(guid);
  return (
    <>
      <h1>Image</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go('image', wanted.trim());
        }}
      >
        <label class="field">
          Its id at FinerWorks, a UUID
          <input
            type="text"
            class="mono"
            value={wanted}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        </label>
        <button type="submit">Show</button>
      </form>
      {guid !== '' && (
        <>
          <Known guid={guid} isReadOnly={isReadOnly} />
          <ImageHistory guid={guid} />
        </>
      )}
    </>
  );
}

function Known({ guid, isReadOnly }: { readonly guid: string; readonly isReadOnly: boolean }) {
  const [account, setAccount] = useState('');
  const { value, error, reload } = useAnswer(
    () => ask(api.images[':guid'].$get({ param: { ...here(), guid }, query: { account } })),
    `${guid} ${account}`,
  );
  if (value === undefined)
    return <p role="status">{error ?? 'Asking the ledger and FinerWorks…'}</p>;
  const forget = async () => {
    const warning =
      'Forget this image? Its next change is sent whatever was sent before, and old events that are still in a queue count as new.';
    if (!confirm(warning)) return;
    await attempt(async () => {
      await ask(api.change.forget.$post({ param: here(), json: { guid } }));
      await reload();
      notice.value = { isError: false, text: 'Forgotten.' };
    });
  };
  const { history, hasLedger, atFinerWorks, letters, lettersReadAt } = value;
  return (
    <>
      <h2>Ledger</h2>
      {history === null ? (
        <p>{hasLedger ? 'Never sent, or forgotten.' : 'This deployment has no ledger.'}</p>
      ) : (
        <>
          <pre>{history.join('\n')}</pre>
          {!isReadOnly && (
            <button type="button" onClick={() => void forget()}>
              Forget…
            </button>
          )}
        </>
      )}
      <h2>FinerWorks</h2>
      <pre>{atFinerWorks.join('\n')}</pre>
      <label class="field">
        In the library of another account, account_key
        <input
          type="text"
          value={account}
          onChange={({ currentTarget }) => setAccount(currentTarget.value)}
        />
      </label>
      <h2>Dead letters about it</h2>
      {lettersReadAt === null ? (
        <p>
          Not known before <a href={to('letters')}>the dead letters</a> are read.
        </p>
      ) : (
        <>
          <p>
            As they were {age(Date.now() - lettersReadAt)} ago: {letters.length === 0 && 'none.'}
          </p>
          <ul>
            {letters.map(({ messageId, reason, detail }) => (
              <li key={messageId}>
                <a href={to('letter', messageId)}>{reason}</a> {detail}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
