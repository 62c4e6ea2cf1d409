import { count } from '../format.ts';

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
            {Object.entries(reasons[name] ?? {})
              .map(([reason, number]) => `${reason} ${count(number)}`)
              .join(', ')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
