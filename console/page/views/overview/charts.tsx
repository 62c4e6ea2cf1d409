import { useState } from 'preact/hooks';
import { Chart } from '../../chart/chart.tsx';
import { api, ask, here } from '../../client.ts';
import { useAnswer } from '../../use-answer.ts';

const RANGES = [
  [1, '1 hour'],
  [6, '6 hours'],
  [24, '1 day'],
  [72, '3 days'],
  [336, '14 days'],
] as const;

/** Charts of the last hours, from CloudWatch; without it, of what the console itself has seen. */
export function Charts() {
  const [hours, setHours] = useState(1);
  const { value, error } = useAnswer(
    () => ask(api.charts.$get({ param: here(), query: { hours: String(hours) } })),
    String(hours),
    hours === 1 ? 15 : 60,
  );
  return (
    <section>
      <h2>Charts</h2>
      {value?.isRemembered === false ? (
        <p>
          There is no CloudWatch here: this is what the console has seen while its overview was
          open.
        </p>
      ) : (
        <fieldset class="actions">
          <legend>Range</legend>
          {RANGES.map(([range, text]) => (
            <button
              key={range}
              type="button"
              aria-pressed={range === hours}
              onClick={() => setHours(range)}
            >
              {text}
            </button>
          ))}
        </fieldset>
      )}
      {value === undefined && <p role="status">{error ?? 'Asking…'}</p>}
      <div class="charts">
        {value?.charts.map((chart) => (
          <Chart key={chart.title} chart={chart} />
        ))}
      </div>
    </section>
  );
}
