// @ts-nocheck
import { idleMonth } from '../../docs/cost/idle.ts';
import { dollarsOf } from '../../docs/cost/prices.ts';
import { table } from '../../docs/table.ts';
import { readSettings } from '../../infra/settings.ts';
import type { Rendered } from '../benchmark.ts';
import { PROTECT } from '../calls/contenders.ts';
import { keptRaces } from '../calls/kept.ts';
import type { RaceResult, Runs } from '../calls/result.ts';
import { dollarsPerMillion } from '../cost/parts.ts';
import type { Section } from '../section.ts';
import { spreadOf } from '../statistics.ts';
import { type DayOutcome, workThrough } from './day.ts';
import { BOUNDS, CATALOGUE, CONCURRENCIES, SIZES, type Size } from './sizes.ts';

const MILLION = 1_000_000;
const DAYS_OF_MONTH = 30;
/** A change that is not in place by then would surprise whoever made it. */
const PATIENCE_MINUTES = 15;

/** What deployments of several sizes come to, from one measured run. */
export const scaleOnPaper: Section = {
  title: 'Scale, on paper',
  render: () => renderScale(keptRaces()),
};

function renderScale(result: RaceResult): Rendered {
  const run = result.runs.find(
    ({ contender, workload }) => contender === PROTECT.name && workload === 'all distinct',
  );
  if (run === undefined) throw new Error('the benchmark of calls has no run to compute from');
  const throughput = throughputOf(run, result.events);
  const perMillion = dollarsPerMillion(run, result.events);
  const idle = dollarsOf(idleMonth(readSettings({ secretName: 'finerworks/keys' })));
  const dayRows = SIZES.flatMap((size) => {
    const { name, eventsPerDay, hours } = size;
    const month = (eventsPerDay * DAYS_OF_MONTH * perMillion) / MILLION + idle;
    return optionsFor(size, throughput).map(({ concurrency, capacity, day, callsASecond }) => [
      `${name}: ${count(eventsPerDay)} a day, in ${hours} h`,
      `${concurrency}`,
      day.busiest.toFixed(1),
      capacity.toFixed(0),
      day.catchesUp ? minutes(day.oldestSeconds) : 'grows for ever',
      callsASecond.toFixed(2),
      `$${month.toFixed(2)}`,
    ]);
  });
  const advice = SIZES.map((size) => {
    const least = optionsFor(size, throughput).find(({ isEnough }) => isEnough);
    return [
      size.name,
      least === undefined ? 'none of these' : `\`maxConcurrency=${least.concurrency}\``,
      least?.callsASecond.toFixed(2) ?? '',
    ];
  });
  const catalogueRows = CONCURRENCIES.map((concurrency) => [
    `${concurrency}`,
    minutes(CATALOGUE / (throughput.images * concurrency)),
    (throughput.calls * concurrency).toFixed(1),
    (throughput.images * concurrency * BOUNDS.writesPerImage).toFixed(0),
  ]);
  const tableBound = BOUNDS.tableWrites / BOUNDS.writesPerImage / throughput.images;
  return {
    text: `Computed, not measured: from what an invocation got through in the run *all distinct* with \`protect\`
(${throughput.images.toFixed(0)} images and ${throughput.calls.toFixed(1)} calls a second, the emulated table on the same processors included), and a day
whose events all come within some hours. Every event changes an image; where most do not, as in the noisy shop,
far less is sent.

${table(
  [
    'size',
    '`maxConcurrency`',
    'busiest, events/s',
    'gets through, images/s',
    'oldest message',
    'calls/s at FinerWorks',
    'a month',
  ],
  dayRows,
)}

A catalogue of ${count(CATALOGUE)} images, all sent at once:

${table(['`maxConcurrency`', 'done after', 'calls/s at FinerWorks', 'ledger writes/s'], catalogueRows)}

Where the bound is: FinerWorks first. It documents no rate limit, so that calls a second are what to agree on
with them (\`callsPerSecond\` holds a deployment to it). Then the ledger's table, which takes ${count(BOUNDS.tableWrites)} writes a second when
it is new: ${tableBound.toFixed(0)} invocations at once, and more as it grows with its traffic. Then messages in flight, ${count(BOUNDS.inFlight)}:
${(BOUNDS.inFlight / 500).toFixed(0)} invocations with batches of 500.

Advised by size, so that no change waits for more than ${PATIENCE_MINUTES} minutes; \`callsPerSecond\` is what to agree on with
FinerWorks, and not less than the last column:

${table(['size', 'settings', 'calls/s at FinerWorks'], advice)}

Everything else stays as it is by default. A resync can take its time: changes of people wait behind it only as
long as the queue's order of chance makes them. With the budget of calls that FinerWorks grants, the table of the
catalogue says how long that is.`,
    charts: {},
  };
}

/** What one setting makes of a size's day. */
interface Option {
  readonly concurrency: number;
  /** Images a second. */
  readonly capacity: number;
  readonly day: DayOutcome;
  readonly callsASecond: number;
  readonly isEnough: boolean;
}

/** From the defaults up to the first that is enough. */
function optionsFor({ eventsPerDay, hours }: Size, throughput: Throughput): Option[] {
  const options = CONCURRENCIES.map((concurrency) => {
    const capacity = throughput.images * concurrency;
    const day = workThrough({ events: eventsPerDay, hours, capacity });
    const callsASecond = (Math.min(day.busiest, capacity) * throughput.calls) / throughput.images;
    const isEnough = day.catchesUp && day.oldestSeconds <= PATIENCE_MINUTES * 60;
    return { concurrency, capacity, day, callsASecond, isEnough };
  });
  const first = options.findIndex(({ isEnough }) => isEnough);
  return first === -1 ? options : options.slice(0, first + 1);
}

/** What one invocation after another gets through in a second. */
interface Throughput {
  readonly images: number;
  readonly calls: number;
}

/** What one invocation after another gets through in a second, at the median over the repeats. */
function throughputOf({ figures }: Runs, events: number): Throughput {
  const per = (value: (run: (typeof figures)[number]) => number) =>
    spreadOf(figures.map((run) => value(run) / run.invocationSeconds)).median;
  return {
    images: per(() => events),
    calls: per(({ updateCalls, listCalls }) => updateCalls + listCalls),
  };
}

function minutes(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  return seconds < 7_200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
