/**
 * A noisy shop: 10,000 events on 500 images, of which 5 % change anything, sent through the whole
 * local system with and without the ledger. `npm run bench:noisy-shop` writes what it counts into
 * docs/ledger.md.
 */
// @ts-nocheck

import { readFileSync, writeFileSync } from 'node:fs';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Report } from '../local/report.ts';
import { runEvents } from '../local/run.ts';
import { type LocalSystem, startLocalSystem } from '../local/system.ts';
import { noisyShop } from './calls/workloads.ts';

const EVENTS = 10_000;
const REAL_CHANGES = 0.05;
const WAIT_SECONDS = 120;

/**
 * Dollars a million requests, on demand, us-east-1, as of November 2024 (AWS: DynamoDB pricing).
 * A consistent read of up to 4 KB is one unit, and a write of up to 1 KB.
 */
const PRICE = { read: 0.125, write: 0.625 };

const DOCUMENT = new URL('../docs/ledger.md', import.meta.url);
const SECTION = /(<!-- noisy shop -->\n)[\s\S]*(<!-- end of noisy shop -->)/;

/** What a run came to, and how large the ledger's largest item has become. */
interface Measurement extends Report {
  readonly largestItem: number;
}

async function measure(withLedger: boolean): Promise<Measurement> {
  await using system = await startLocalSystem({
    timeoutSeconds: 120,
    visibilityTimeoutSeconds: 60,
    maxReceiveCount: 200,
    batchSize: 500,
    batchingWindowSeconds: 1,
    maxConcurrency: 2,
    ...(!withLedger && { functionSettings: { ledgerTable: undefined } }),
  });
  const { bodies, knownGuids } = noisyShop(EVENTS, REAL_CHANGES);
  system.standIn.images.add(knownGuids);
  const report = await runEvents(system, [bodies], WAIT_SECONDS);
  return { ...report, largestItem: await largestItemOf(system) };
}

/** Bytes as DynamoDB counts them, within a few: names and values in UTF-8 (AWS: item sizes). */
async function largestItemOf({ ledger }: LocalSystem): Promise<number> {
  const { Items = [] } = await ledger.client.send(new ScanCommand({ TableName: ledger.tableName }));
  const sizes = Items.map((item) => Buffer.byteLength(JSON.stringify(unmarshall(item))));
  return Math.max(0, ...sizes);
}

function dollarsPerMillionEvents({ ledgerReads, ledgerWrites, events }: Report): string {
  const dollars = ledgerReads * PRICE.read + ledgerWrites * PRICE.write;
  return `$${(dollars / events).toFixed(2)}`;
}

const ROWS: readonly (readonly [
  name: string,
  value: (measured: Measurement) => string | number,
])[] = [
  ['image updates sent', ({ images }) => images],
  ['update_images calls', ({ calls }) => calls],
  ['list_images calls', ({ listCalls }) => listCalls],
  ['changes coalesced in a batch', ({ coalesced }) => coalesced],
  ['changes unchanged', ({ unchanged }) => unchanged],
  ['changes superseded', ({ superseded }) => superseded],
  ['items read in DynamoDB', ({ ledgerReads }) => ledgerReads],
  ['items written in DynamoDB', ({ ledgerWrites }) => ledgerWrites],
  ['bytes of the largest item', ({ largestItem }) => largestItem],
  ['DynamoDB, per million such events', dollarsPerMillionEvents],
];

const without = await measure(false);
const withLedger = await measure(true);
const table = [
  '| | with ledger | without |',
  '|---|---|---|',
  ...ROWS.map(([name, value]) => `| ${name} | ${value(withLedger)} | ${value(without)} |`),
  '',
].join('\n');
process.stdout.write(table);
const document = readFileSync(DOCUMENT, 'utf8');
writeFileSync(
  DOCUMENT,
  document.replace(SECTION, (_, begin, end) => `${begin}${table}${end}`),
);
