import { when } from '../../format.ts';
import { to } from '../../state.ts';

interface Alarm {
  readonly name: string;
  readonly meaning: string;
  readonly state: string;
  readonly since?: string | undefined;
}

/** Alarms that ring, with what they mean; the others by name alone. */
export function Alarms({
  alarms,
}: {
  readonly alarms: { readonly value: readonly Alarm[] | null } | { readonly unknown: string };
}) {
  if ('unknown' in alarms) {
    return (
      <section>
        <h2>Alarms</h2>
        <p>unknown: {alarms.unknown}</p>
      </section>
    );
  }
  const { value: all } = alarms;
  if (all === null) return null;
  const ringing = all.filter(({ state }) => state === 'ALARM');
  const quiet = all.filter(({ state }) => state !== 'ALARM');
  return (
    <section>
      <h2>Alarms</h2>
      {ringing.length === 0 && <p>None rings.</p>}
      <ul>
        {ringing.map(({ name, meaning, since = '' }) => (
          <li key={name}>
            <a class="wrong" href={to('runbook', anchorOf(name))}>
              {shortNameOf(name)}
            </a>
            {since !== '' && ` since ${when(since)}`}: {meaning}
          </li>
        ))}
      </ul>
      <p>{quiet.map(({ name, state }) => `${shortNameOf(name)} ${state}`).join(' · ')}</p>
    </section>
  );
}

/** Without the name of the deployment, which stands before the last hyphen. */
function shortNameOf(name: string): string {
  return name.split('-').at(-1) ?? name;
}

function anchorOf(name: string): string {
  return `alarm-${shortNameOf(name).toLowerCase()}`;
}
