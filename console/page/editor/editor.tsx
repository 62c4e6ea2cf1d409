import { useEffect, useRef, useState } from 'preact/hooks';
import { api, ask, here, messageOf } from '../client.ts';
import type { Check } from './fault-marks.ts';
import type { MountedEditor } from './mount.ts';
import { readable } from './readable.ts';

/** A JSON editor that shows what the contract finds, on each key, and what was changed. */
export function Editor({
  text,
  faults,
  isReadOnly,
  onChange,
}: {
  readonly text: string;
  /** What the contract finds in the text as it is. */
  readonly faults: Check;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedEditor>(undefined);
  const [check, setCheck] = useState<Check>(faults);
  const [showsChanges, setShowsChanges] = useState(false);
  useEffect(() => {
    let isGone = false;
    const mount = async () => {
      // Two thirds of the page: most views do without.
      const { mountEditor } = await import('./mount.ts');
      if (host.current === null || isGone) return;
      mounted.current = mountEditor(host.current, {
        text: readable(text),
        isReadOnly,
        onChange,
        check: async (now) => {
          const found = await checkOf(now);
          setCheck(found);
          return found;
        },
      });
    };
    mount().catch((error: unknown) => setCheck(notChecked(error)));
    return () => {
      isGone = true;
      mounted.current?.destroy();
      mounted.current = undefined;
    };
  }, [text, isReadOnly]);
  return (
    <>
      <div ref={host} class="editor" />
      <div role="status">
        {check.isValid ? (
          <p>The contract takes this event.</p>
        ) : (
          <>
            <p class="wrong">{check.reason}</p>
            <ul>
              {check.faults.map(({ path, what }) => (
                <li key={`${path} ${what}`}>
                  {path !== '' && <code>{path}</code>} {what}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {!isReadOnly && (
        <label>
          <input
            type="checkbox"
            checked={showsChanges}
            onChange={({ currentTarget }) => {
              setShowsChanges(currentTarget.checked);
              mounted.current?.showChanges(currentTarget.checked);
            }}
          />{' '}
          show what was changed
        </label>
      )}
    </>
  );
}

async function checkOf(body: string): Promise<Check> {
  try {
    return await ask(api.ask.check.$post({ param: here(), json: { body } }));
  } catch (error) {
    return notChecked(error);
  }
}

function notChecked(error: unknown): Check {
  return {
    isValid: false,
    reason: 'Not checked',
    faults: [{ path: '', what: messageOf(error) }],
  };
}
