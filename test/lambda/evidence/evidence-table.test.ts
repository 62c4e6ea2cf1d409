import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectEvidence } from '../../../lambda/evidence/evidence-table.ts';
import { hashOf } from '../../../lambda/general/hash.ts';
import { historyOf, LedgerError } from '../../../lambda/ledger/history.ts';
import { serve } from '../../helpers/http-server.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const NOTE = {
  reason: 'Timeout',
  detail: 'no answer',
  failures: 2,
  begun: 1,
  receives: 3,
} as const;
const EVIDENCE = { lastSuccessAt: 1, refusedSince: [] };
const NO_TABLE = {
  __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
  message: 'there is no table',
};
const clock = virtualTime();
const evidence = () => connectEvidence({ ...ledger, clock });
const write = (Item: Record<string, AttributeValue>) =>
  ledger.client.send(new PutItemCommand({ TableName: ledger.tableName, Item }));

test('items are named by what they are of, account keys by a hash, and go after eight days', async () => {
  await evidence().saveAccount(null, EVIDENCE);
  await evidence().saveAccount('shop', EVIDENCE);
  await evidence().saveNotes(new Map([['id', NOTE]]));
  await evidence().saveCallSize({ images: 25, at: 1 });
  const guids = ['account/own', `account/${hashOf('shop')}`, 'message/id', 'call-size'];
  const Keys = guids.map((guid) => marshall({ guid }));
  const { Responses } = await ledger.client.send(
    new BatchGetItemCommand({ RequestItems: { [ledger.tableName]: { Keys } } }),
  );
  const items = Responses?.[ledger.tableName];
  const expiresAt = { N: String(clock.now() / 1_000 + 8 * 86_400) };
  expect(items).toHaveLength(4);
  for (const item of items ?? []) expect(item.expiresAt).toEqual(expiresAt);
});

test.each([
  ['a number beyond 2^53', { failures: { N: '9007199254740993' } }],
  ['a wrong shape', { detail: { L: [] } }],
  ['a number below none', { begun: { N: '-1' } }],
])('a note with %s is not known, and the others are', async (_name, odd) => {
  await write({ ...marshall({ guid: 'message/odd', ...NOTE }), ...odd });
  await evidence().saveNotes(new Map([['good', NOTE]]));
  expect(await evidence().loadNotes(['odd', 'good'])).toEqual(new Map([['good', NOTE]]));
});

test('a note with a reason of a later version counts as it is, but for the reason', async () => {
  await write({ ...marshall({ guid: 'message/later', ...NOTE }), reason: { S: 'Later' } });
  const note = { ...NOTE, reason: 'Unexpected' };
  expect(await evidence().loadNotes(['later'])).toEqual(new Map([['later', note]]));
});

test.each([
  ['a number beyond 2^53', { lastSuccessAt: { N: '9007199254740993' } }],
  ['a moment before 1970', { lastSuccessAt: { N: '-1' } }],
  ['a wrong shape', { refusedSince: { S: 'all' } }],
])('evidence of an account with %s is not known', async (_name, odd) => {
  await write({ ...marshall({ guid: 'account/own', ...EVIDENCE }), ...odd });
  expect(await evidence().loadAccounts([null])).toEqual(new Map());
});

test('fields of later versions are left out', async () => {
  await write({
    ...marshall({ guid: 'message/new', ...NOTE }),
    later: { N: '9007199254740993.5' },
  });
  expect(await evidence().loadNotes(['new'])).toEqual(new Map([['new', NOTE]]));
});

test('who asks the ledger for such an item is told that it is no image', async () => {
  await evidence().saveNotes(new Map([['id', NOTE]]));
  const reading = historyOf(ledger.client, ledger.tableName, 'message/id');
  await expect(reading).rejects.toThrow(LedgerError);
});

test('where the table can not be reached it throws, and leaves to others what that means', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const settings = { region: 'us-east-1', credentials, maxAttempts: 1 };
  const client = new DynamoDBClient({ ...settings, endpoint: 'http://127.0.0.1:1' });
  const { loadNotes, saveNotes } = connectEvidence({ ...ledger, client, clock });
  await expect(loadNotes(['id'])).rejects.toThrow('ECONNREFUSED');
  await expect(saveNotes(new Map([['id', NOTE]]))).rejects.toThrow('ECONNREFUSED');
});

test('after a failure no more is asked, and nothing is under way any more', async () => {
  let asked = 0;
  let answered = 0;
  await using server = await serve(async (_request, response) => {
    asked += 1;
    const isFirst = asked === 1;
    if (!isFirst) await sleep(50);
    answered += 1;
    response.writeHead(isFirst ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(isFirst ? NO_TABLE : {}));
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ region: 'us-east-1', credentials, endpoint: server.url });
  const notes = new Map(Array.from({ length: 250 }, (_, n) => [`m${n}`, NOTE]));
  const saving = connectEvidence({ ...ledger, client, clock }).saveNotes(notes);
  await expect(saving).rejects.toThrow('there is no table');
  expect({ asked, answered }).toEqual({ asked: 4, answered: 4 });
  client.destroy();
});
