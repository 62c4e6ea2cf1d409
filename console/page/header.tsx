import { areKeysOn } from './keys.ts';
import { to, view } from './state.ts';

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly isProduction: boolean;
}

const VIEWS = [
  ['', 'Overview', 'o'],
  ['letters', 'Dead letters', 'l'],
  ['events', 'Events', 'e'],
  ['tail', 'Tail', 't'],
  ['image', 'Image', 'i'],
  ['file', 'File', 'f'],
  ['replays', 'Replays', 'p'],
] as const;

/** The name of the deployment, which is red in production, and the ways to the views. */
export function Header({
  session,
  shown,
}: {
  readonly session: { readonly isReadOnly: boolean; readonly deployments: readonly Shown[] };
  readonly shown: Shown;
}) {
  const { deployments, isReadOnly } = session;
  return (
    <header class={shown.isProduction ? 'production' : ''}>
      <button type="button" class="skip" onClick={skip}>
        To the content
      </button>
      <div class="name">
        {deployments.length > 1 ? (
          <select
            aria-label="Deployment"
            value={shown.id}
            onChange={({ currentTarget }) => {
              location.hash = to(view.value, '', currentTarget.value);
            }}
          >
            {deployments.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <strong>{shown.name}</strong>
        )}
        {shown.isProduction && <span class="tag">production</span>}
        {isReadOnly && <span class="tag">read-only</span>}
      </div>
      <nav aria-label="Views">
        {VIEWS.map(([name, text, key]) => (
          <a key={name} href={to(name)} aria-current={isAt(name) ? 'page' : undefined}>
            {text}
            {areKeysOn.value && <kbd>{key}</kbd>}
          </a>
        ))}
        <label>
          <input
            type="checkbox"
            checked={areKeysOn.value}
            onChange={({ currentTarget }) => {
              areKeysOn.value = currentTarget.checked;
            }}
          />
          keys
        </label>
      </nav>
    </header>
  );
}

/** One letter stands among the letters, one event among the events. */
function isAt(name: string): boolean {
  return view.value === name || `${view.value}s` === name;
}

/** The hash of the page is its route, so no link can do this. */
function skip(): void {
  document.getElementById('main')?.focus();
}
