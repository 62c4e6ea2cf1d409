import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectStores } from '../../../lambda/runtime/connect-stores.ts';
import { LOCAL_CREDENTIALS } from '../../../local/aws/queues.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid } from '../../helpers/records.ts';

const EVIDENCE = { lastSuccessAt: 1, refusedSince: [] };
const known = new Map([[null, EVIDENCE]]);

let ledger: TestLedger;
const environment = { ...process.env };
beforeAll(async () => {
  ledger = await startTestLedger();
  const { hostname, port } = (await ledger.client.config.endpoint?.()) ?? {};
  const url = `http://${hostname}:${port}`;
  Object.assign(process.env, LOCAL_CREDENTIALS, { AWS_ENDPOINT_URL_DYNAMODB: url });
});
afterAll(async () => {
  process.env = environment;
  await ledger[Symbol.asyncDispose]();
});

test('with a table everything is kept in it, and one sandbox knows what another saved', async () => {
  const [one, other] = [0, 1].map(() => connectStores({ ledgerTable: ledger.tableName }));
  await one?.evidence.saveAccount(null, EVIDENCE);
  expect(await other?.evidence.loadAccounts([null])).toEqual(known);
  expect(one?.evidence.isShared).toBe(true);
  const item = { guid: guid(1), token: 'a', expiresAt: 1 };
  expect(await one?.ledger?.put(item, { token: undefined })).toBe(true);
  expect(await ledger.read(guid(1))).toEqual(item);
});

test('the trail has a table of its own, with a ledger and without one', () => {
  const trail = { tableName: 'trail', client: expect.any(DynamoDBClient) };
  const { tableName } = ledger;
  expect(connectStores({ ledgerTable: tableName, trailTable: 'trail' }).trail).toEqual(trail);
  expect(connectStores({ trailTable: 'trail' })).toMatchObject({ ledger: undefined, trail });
  expect(connectStores({ ledgerTable: tableName }).trail).toBeUndefined();
});

test('without a table there is no ledger, and each sandbox knows its own', async () => {
  const [one, other] = [connectStores({}), connectStores({})];
  expect(one.ledger).toBeUndefined();
  expect(one.evidence.isShared).toBe(false);
  await one.evidence.saveAccount(null, EVIDENCE);
  expect(await one.evidence.loadAccounts([null])).toEqual(known);
  expect(await other.evidence.loadAccounts([null])).toEqual(new Map());
});
