import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectEvidence } from '../../../lambda/evidence/evidence-table.ts';
import { historyOf } from '../../../lambda/ledger/history.ts';
import type { LedgerItem } from '../../../lambda/ledger/item.ts';
import { connectLedger } from '../../../lambda/ledger/table.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const item = (n: number, token: string, parts: Partial<LedgerItem> = {}): LedgerItem => ({
  guid: guid(n),
  token,
  expiresAt: 1_800_000_000,
  ...parts,
});

describe('reading', () => {
  test('gives back what was written, and nothing for images that were never written', async () => {
    const settled = {
      order: { time: '2026-11-23T10:00:00.000000000Z', sentAt: NOW, id: 'event' },
      hash: 'hash',
      at: NOW,
      messageId: 'message',
    };
    const written = item(1, 'a', {
      leaseUntil: NOW,
      title: { settled, unsettled: [{ order: settled.order, at: NOW }], isKnown: false },
      rejection: { reason: 'Refused', detail: 'no', at: NOW, messageId: 'message' },
    });
    expect(await ledger.store.put(written, { token: undefined })).toBe(true);
    const found = await ledger.store.load([guid(1), guid(2)]);
    expect([...found]).toEqual([[guid(1), written]]);
  });

  test.each([
    ['a wrong shape', { token: { N: '7' } }],
    ['a number beyond 2^53', { leaseUntil: { N: '9007199254740993' } }],
    ['a fraction beyond 2^53', { expiresAt: { N: '9007199254740993.5' } }],
    ['a moment that is none', { leaseUntil: { N: '8640000000000001' } }],
    ['a set in the place of an object', { title: { SS: ['a'] } }],
  ])('of an item with %s gives an error in its place alone', async (_name, odd) => {
    const { client, tableName, store } = ledger;
    const Item = { ...marshall(item(3, 'a')), ...odd };
    await client.send(new PutItemCommand({ TableName: tableName, Item }));
    await store.put(item(4, 'a'), { token: undefined });
    const found = await store.load([guid(3), guid(4)]);
    expect(found.get(guid(3))).toBeInstanceOf(Error);
    expect(found.get(guid(4))).toEqual(item(4, 'a'));
  });
});

test('images are read as of now, and evidence for half the price', async () => {
  const consistent: unknown[] = [];
  await using server = await serve(async (request, response) => {
    const { RequestItems, ConsistentRead } = JSON.parse(await bodyOf(request));
    consistent.push(ConsistentRead ?? RequestItems.ledger.ConsistentRead);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end('{}');
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ endpoint: server.url, region: 'us-east-1', credentials });
  const table = { tableName: 'ledger', client, clock: virtualTime() };
  expect(await connectLedger(table).load([guid(1)])).toEqual(new Map());
  expect(await connectEvidence(table).loadNotes(['m'])).toEqual(new Map());
  expect(await historyOf(client, 'ledger', guid(1))).toBeUndefined();
  expect(consistent).toEqual([true, false, true]);
  client.destroy();
});

describe('writing', () => {
  test('refuses where the item is not as it was read', async () => {
    await ledger.store.put(item(10, 'a'), { token: undefined });
    const put = (token: string | undefined) => ledger.store.put(item(10, 'b'), { token });
    expect(await put(undefined)).toBe(false);
    expect(await put('other')).toBe(false);
    expect(await put('a')).toBe(true);
  });

  test('leaves out what is not set', async () => {
    await ledger.store.put(item(15, 'a', { title: undefined }), { token: undefined });
    expect(await ledger.read(guid(15))).toEqual(item(15, 'a'));
  });

  test('throws where the table fails: nobody knows whether it is written', async () => {
    const lost = connectLedger({ ...ledger, tableName: 'no-such-table', clock: virtualTime() });
    const writing = lost.put(item(16, 'a'), { token: undefined });
    await expect(writing).rejects.toHaveProperty('name', 'ResourceNotFoundException');
  });

  test('refuses while another one holds the lease, by the clock in the condition', async () => {
    await ledger.store.put(item(11, 'a', { leaseUntil: NOW }), { token: undefined });
    const take = (unleasedAt: number) =>
      ledger.store.put(item(11, 'b'), { token: 'a', unleasedAt });
    expect(await take(NOW)).toBe(false);
    expect(await take(NOW + 1)).toBe(true);
  });

  test('is for the holder of the lease alone', async () => {
    await ledger.store.put(item(12, 'a', { leaseUntil: NOW }), { token: undefined });
    expect(await ledger.store.put(item(12, 'a'), { token: 'a' })).toBe(true);
  });

  test('succeeds again where the answer to the same write was lost', async () => {
    const taken = item(13, 'a', { leaseUntil: NOW });
    const expected = { token: undefined, unleasedAt: NOW };
    expect(await ledger.store.put(taken, expected)).toBe(true);
    expect(await ledger.store.put(taken, expected)).toBe(true);
  });

  test('of many at once lets exactly one through', async () => {
    const takers = Array.from({ length: 20 }, (_, at) =>
      ledger.store.put(item(14, `token-${at}`), { token: undefined, unleasedAt: NOW }),
    );
    expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
  });
});
