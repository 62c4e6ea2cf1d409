import { count } from '../../format.ts';
import { to } from '../../state.ts';

interface Hour {
  readonly totals: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What the function counted in the last hour, by reason. */
export function LastHour({
  hour,
}: {
  readonly hour: { readonly value: Hour } | { readonly unknown: string };
}) {
  return (
    <section>
      <h2>The last hour</h2>
      {'unknown' in hour ? <p>unknown: {hour.unknown}</p> : <Counts {...hour.value} />}
      <p>
        <a href={to('events', 'hours=1')}>Its events, as the trail has them</a>
      </p>
    </section>
  );
}

function Counts({ totals, reasons }: Hour) {
  const rows = Object.entries(totals);
  if (rows.length === 0) return <p>Nothing was counted.</p>;
  return (
    <dl>
      {rows.map(([name, total]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {count(total)}{' '}
            {Object.entries(reasons[name] ?? {}).map(([reason, number]) => (
              <a key={reason} class="item" href={to('events', eventsOf(name, reason))}>
                {reason} {count(number)}
              </a>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Only what comes back or dies has reasons. @param name of the metric */
function eventsOf(name: string, reason: string): string {
  const verdict = name === 'Returned' ? 'returned' : 'dead-lettered';
  return String(new URLSearchParams({ hours: '1', verdict, reason }));
}
