import { readFileSync } from 'node:fs';
import { readSettings } from '../../../infra/settings.ts';
import { metricNames } from '../../../lambda/runtime/metric-names.ts';
import { table } from '../table.ts';
import { type Backfill, type Estimate, estimate } from './backfill.ts';
import { idleMonth } from './idle.ts';
import { outcomeTable } from './outcome-table.ts';
import { dollarsOf, LOOKED_UP, PRICES, type Price, type PriceName, type Usage } from './prices.ts';
import { trailTable } from './trail-table.ts';
import { DOOR_METRICS, webhookTable } from './webhook-table.ts';

export const COST = new URL('../../../docs/cost.md', import.meta.url);
export const RUNBOOK = new URL('../../../docs/runbook.md', import.meta.url);

/** What stands between these marks in the runbook is written by `npm run docs`. */
const SECTION = /(<!-- backfill -->\n)[\s\S]*(<!-- end of backfill -->)/;
const MILLION = 1_000_000;
const STANDARD = readSettings({});
/** Large events: fewer of them in a batch, so that an invocation has the time for it. */
const FEW_RECORDS = readSettings({ batchSize: '40' });
const WITH_KEY = readSettings({ queueKey: 'new' });
const WITH_DOOR = readSettings({ webhooks: 'shopify' });

/** Settings that cost less than the defaults, and what they give up. */
const CHEAPER = [
  { given: {}, givesUp: 'nothing: the defaults' },
  { given: { virtualInventory: 'remove' }, givesUp: 'the look for products that would be lost' },
  { given: { ledger: 'off' }, givesUp: 'order across batches, and repeats are sent again' },
  { given: { trailDays: '0' }, givesUp: 'what became of each event' },
  {
    given: { memoryMegabytes: '256' },
    givesUp: 'half of the processor; nothing where answers are waited for',
  },
] as const;

/** What it costs: a month in which nothing happens, and a million images. */
export async function costPage(): Promise<string> {
  const million = estimate({ images: MILLION, imagesPerEvent: 1, secondsPerCall: 1 }, STANDARD);
  const packed = estimate({ images: MILLION, imagesPerEvent: 50, secondsPerCall: 1 }, FEW_RECORDS);
  return `# Cost

Made by \`npm run docs\` from the prices in [\`scripts/docs/cost/prices.ts\`](../scripts/docs/cost/prices.ts), looked up on
${LOOKED_UP}: dollars in us-east-1, on demand, without free tiers. What is not counted: data transfer,
storage (a million images are about 0.4 GB in the ledger), mail, and whatever FinerWorks charges.
Nothing here was compared with a real bill.

## A month in which nothing happens

${usageTable(idleMonth(STANDARD))}

A customer-managed key (\`queueKey: new\`) makes that ${dollars(dollarsOf(idleMonth(WITH_KEY)))}, and a dollar more after each of
the first two yearly rotations. AWS's free tier covers a million requests to SQS, ten metrics in
alarms and three dashboards an account.

In a month in which something happens come the function's own metrics: ${metricNames().length}, and one
for each reason that occurs, prorated by the hour: ${dollars(dollarsOf({ metric: metricNames().length }))} where changes come all day.

## A million images

One image an event, with the default settings, where FinerWorks takes a second for a call:
${count(million.calls)} calls in ${count(million.invocations)} invocations.

${usageTable(million.usage)}

With 50 images an event and \`batchSize=${FEW_RECORDS.batchSize}\` it is ${dollars(packed.dollars)}. What the ledger costs a shop that
sends the same again and again is measured in [benchmarks](benchmarks.md).

Settings that cost less:

${cheaperTable()}

\`npm run cost -- --images 1000000 --seconds-per-call 2 -c maxConcurrency=4\` computes any other case.

## The trail

What is kept of what became of each event ([the trail](trail.md)), measured on what the function writes, for a million
events:

${trailTable()}

A write is paid for by each KB, so small batches cost the most: an event alone takes a write of its own. The 30 days of
a million events a month are under 0.1 GB.

## Outcomes

What it costs to tell a bus or a topic what became of a million events ([outcomes](outcomes.md)), which is off unless
\`outcomesTarget\` is set:

${await outcomeTable()}

A bus is paid for by the outcome, a topic by the request of up to ten. Rules of the same account cost nothing; deliveries
to an API destination $0.20 a million, from a topic to HTTPS $0.60, to SQS and Lambda nothing. Looked up on 2026-11-27.

## Webhooks

What a million webhooks cost at their door ([webhooks](webhooks.md)), beside what their events cost then. A function URL
has no price of its own. It is assumed that a door takes 20 ms, and a PIM 0.2 s for each of its two answers:

${webhookTable()}

Each is sent alone, where a producer sends ten in a request. Doors that are on cost ${dollars(dollarsOf(idleMonth(WITH_DOOR)) - dollarsOf(idleMonth(STANDARD)))} a month where nothing
comes: a secret, and the alarms of them all. Metrics come with use: up to ${DOOR_METRICS} a door, ${dollars(dollarsOf({ metric: DOOR_METRICS }))} where it has them all day.

## Prices

${table(
  ['price', 'for', 'as stated by'],
  Object.values(PRICES).map((price) => [
    `$${price.dollars}`,
    `${count(price.per)} ${price.unit}`,
    price.source,
  ]),
)}
`;
}

/** The runbook as it should be: with what a backfill of a million images takes. */
export function runbookWithBackfill(): string {
  const cases = [
    { secondsPerCall: 0.5, given: {} },
    { secondsPerCall: 2, given: {} },
    { secondsPerCall: 2, given: { maxConcurrency: '10' } },
    { secondsPerCall: 10, given: { maxConcurrency: '10', timeoutSeconds: '300' } },
    { secondsPerCall: 0.5, given: { callsPerSecond: '1' } },
  ];
  const rows = cases.map(({ secondsPerCall, given }) => {
    const settings = readSettings(given);
    const backfill = { images: MILLION, imagesPerEvent: 1, secondsPerCall };
    const changed = Object.entries(given).map(([name, value]) => `\`${name}=${value}\``);
    return [
      `${secondsPerCall} s`,
      changed.join(' ') || 'defaults',
      ...summary(estimate(backfill, settings)),
    ];
  });
  const header = ['FinerWorks takes', 'settings', 'calls', 'duration', 'cost'];
  const text = `How long FinerWorks takes for a call decides, and nobody has measured that yet; about half of
the calls are preflights. Computed by \`npm run cost\`, prices of ${LOOKED_UP} ([cost](cost.md)):

${table(header, rows)}
`;
  return readFileSync(RUNBOOK, 'utf8').replace(
    SECTION,
    (_, begin: string, end: string) => `${begin}${text}${end}`,
  );
}

/** Calls, duration and cost of a backfill, for people. */
export function summary({ calls, hours, dollars: cost }: Estimate): string[] {
  return [count(calls), `${hours.toFixed(1)} h`, dollars(cost)];
}

const TOO_LONG =
  '; but an invocation has no time for a full batch, so that records come back: lower batchSize or raise timeoutSeconds';

/** One line that answers \`npm run cost\`. */
export function answer(backfill: Backfill, result: Estimate): string {
  const [calls, duration, cost] = summary(result);
  return `${count(backfill.images)} images: ${calls} calls in ${count(result.invocations)} invocations, ${duration}, ${cost} (prices of ${LOOKED_UP}, docs/cost.md)${result.fits ? '' : TOO_LONG}`;
}

function cheaperTable(): string {
  const backfill = { images: MILLION, imagesPerEvent: 1, secondsPerCall: 1 };
  const rows = CHEAPER.map(({ given, givesUp }) => {
    const settings = readSettings(given);
    const changed = Object.entries(given).map(([name, value]) => `\`${name}=${value}\``);
    return [
      changed.join(' ') || 'defaults',
      dollars(estimate(backfill, settings).dollars),
      givesUp,
    ];
  });
  return table(['settings', 'dollars', 'gives up'], rows);
}

function usageTable(usage: Usage): string {
  const used = Object.entries(usage).filter(([, units]) => units > 0);
  const rows = used.map(([name, units]) => {
    const price: Price = PRICES[name as PriceName];
    return [count(Math.round(units)), price.unit, dollars(dollarsOf({ [name]: units }))];
  });
  const sum = ['', '**together**', `**${dollars(dollarsOf(usage))}**`];
  return table(['how many', 'of what', 'dollars'], [...rows, sum]);
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
