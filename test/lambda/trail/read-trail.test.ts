import { gzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { trailKeeper } from '../../../lambda/trail/keep-trail.ts';
import { hoursIn, readTrail } from '../../../lambda/trail/read-trail.ts';
import { type LocalLedger, startLedgerTable } from '../../../local/aws/ledger-table.ts';
import { createTrailTable } from '../../../local/aws/trail-table.ts';
import { startMuteProxy } from '../../helpers/mute-proxy.ts';
import { guid } from '../../helpers/records.ts';
import { settlementOf } from '../../helpers/settlements.ts';

const NOW = Date.parse('2026-11-26T13:30:00Z');
const HOUR = 3_600_000;

let tables: LocalLedger;
let tableName: string;
beforeAll(async () => {
  tables = await startLedgerTable();
  tableName = await createTrailTable(tables.client);
});
afterAll(async () => tables.close());

/** Keeps what became of one event. @param at milliseconds since 1970 */
async function keep(id: string, at: number): Promise<void> {
  const outcome = settlementOf({ kind: 'applied' }, { body: { guid: guid(1), title: 'A', id } });
  const context = { requestId: `of ${id}`, now: at, remainingMilliseconds: 60_000 };
  const failures: string[] = [];
  const table = { tableName, client: tables.client };
  await trailKeeper(table, { trailDays: 30 }, (error) => failures.push(error))([outcome], context);
  expect(failures).toEqual([]);
}

async function idsSince(from: number, to = NOW) {
  const hours = await Array.fromAsync(readTrail(tables.client, tableName, { from, to }));
  return hours.map(({ records }) => records.map(({ id }) => id));
}

test('what was kept is read newest first, hour by hour, and within the period alone', async () => {
  await keep('too early', NOW - 3 * HOUR - 1);
  await keep('oldest', NOW - 3 * HOUR);
  await keep('older', NOW - 2_000);
  await keep('newer', NOW - 1_000);
  await keep('too late', NOW + 1);
  expect(await idsSince(NOW - 3 * HOUR)).toEqual([['newer', 'older'], [], [], ['oldest']]);
  expect(await idsSince(NOW - 1_500)).toEqual([['newer']]);
  expect(await idsSince(NOW, NOW - 1)).toEqual([[]]);
  expect(hoursIn({ from: NOW - 3 * HOUR, to: NOW })).toBe(4);
});

test('it is told what reading takes', async () => {
  const period = { from: NOW - HOUR, to: NOW };
  const [full, empty] = await Array.fromAsync(readTrail(tables.client, tableName, period));
  expect(full).toMatchObject({ items: 3, unreadable: 0 });
  expect(full?.readUnits).toBeGreaterThan(0);
  expect(full?.bytes).toBeGreaterThan(300);
  expect(empty).toMatchObject({ startsAt: NOW - 1.5 * HOUR, items: 0, bytes: 0, records: [] });
});

test('what a later version adds is left out, and what only it can read is counted', async () => {
  const at = NOW - 10 * HOUR;
  const put = (place: string, item: object) =>
    tables.client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: marshall({ hour: '2026-11-26T03', place, at, requestId: 'later', ...item }),
      }),
    );
  const sound = { messageId: 'm', sentAt: at, receives: 1, images: 1, guids: [guid(1)] };
  const later = [
    { ...sound, verdict: 'postponed', reason: 'Bored', mood: { of: 'later' } },
    { verdict: ['not', 'a', 'text'] },
  ];
  await put('a', { version: 2, color: 'blue', entries: gzipSync(JSON.stringify(later)) });
  await put('b', { version: 3, entries: Buffer.from('no gzip') });
  await put('c', { version: 3, chunks: [1] });
  await put('d', { version: 3, entries: 'a text' });
  const [hour] = await Array.fromAsync(readTrail(tables.client, tableName, { from: at, to: at }));
  expect(hour?.records).toEqual([
    { ...sound, verdict: 'postponed', reason: 'Bored', at, requestId: 'later' },
  ]);
  expect(hour).toMatchObject({ items: 4, unreadable: 4 });
});

test('an hour of more than DynamoDB answers at once is read whole', async () => {
  const at = NOW - 20 * HOUR;
  const entries = gzipSync('[]');
  // A page ends at 1 MB (AWS: DynamoDB, Query).
  const filling = 'x'.repeat(390_000);
  for (const place of ['a', 'b', 'c', 'd']) {
    const item = { hour: '2026-11-25T17', place, at, requestId: 'large', entries, filling };
    await tables.client.send(new PutItemCommand({ TableName: tableName, Item: marshall(item) }));
  }
  const period = { from: at, to: at };
  const [hour] = await Array.fromAsync(readTrail(tables.client, tableName, period));
  expect(hour).toMatchObject({ items: 4, bytes: 4 * entries.byteLength, unreadable: 0 });
});

test('a reader that stops early reads no more than some hours', async () => {
  let hours = 0;
  for await (const hour of readTrail(tables.client, tableName, { from: 0, to: NOW })) {
    hours += hour.items;
    break;
  }
  expect(hours).toBe(3);
});

describe('a failure is told and changes nothing', () => {
  const outcomes = [settlementOf({ kind: 'applied' })];
  const context = { requestId: 'request', now: NOW, remainingMilliseconds: 60_000 };

  test('where there is no such table', async () => {
    const failures: string[] = [];
    const table = { tableName: 'no-such-table', client: tables.client };
    const keepIt = trailKeeper(table, { trailDays: 30 }, (error) => failures.push(error));
    await keepIt(outcomes, context);
    expect(failures).toEqual(['ResourceNotFoundException']);
  });

  test('where the table does not answer, within the time that is left', async () => {
    await using proxy = await startMuteProxy(tables.url);
    const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new DynamoDBClient({ endpoint: proxy.url, region: 'us-east-1', credentials });
    const failures: string[] = [];
    const table = { tableName, client };
    const keepIt = trailKeeper(table, { trailDays: 30 }, (error) => failures.push(error));
    await keepIt(outcomes, context);
    expect(failures).toEqual([]);
    proxy.mute();
    await keepIt(outcomes, { ...context, remainingMilliseconds: 400 });
    expect(failures).toEqual(['AbortError']);
    await keepIt(outcomes, { ...context, remainingMilliseconds: 0 });
    expect(failures).toEqual(['AbortError', 'AbortError']);
    client.destroy();
  });

  test('and without a table there is nothing to fail', async () => {
    const failures: string[] = [];
    await trailKeeper(undefined, { trailDays: 30 }, (error) => failures.push(error))(
      outcomes,
      context,
    );
    expect(failures).toEqual([]);
  });
});
