import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashOf } from '../../../lambda/general/hash.ts';
import { forget, historyOf, LedgerError } from '../../../lambda/ledger/history.ts';
import { run } from '../../../lambda/pipeline.ts';
import { dependencies, INVOCATION } from '../../helpers/flow.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const time = virtualTime();
const apply = (n: number) =>
  run(
    sqsEvent(sqsRecord({ body: { guid: guid(n), title: 'A', id: 'event' }, messageId: 'm' })),
    dependencies({ clock: time, ledger: ledger.store }),
    { ...INVOCATION, requestId: `request-${n}` },
  );

test('tells which value was confirmed last, when, and for which event and message', async () => {
  await apply(1);
  expect(await historyOf(ledger.client, ledger.tableName, guid(1))).toMatchObject({
    title: {
      settled: { hash: hashOf('A'), at: time.now(), messageId: 'm', order: { id: 'event' } },
      unsettled: [],
    },
  });
});

test('knows nothing of an image that was never changed', async () => {
  expect(await historyOf(ledger.client, ledger.tableName, guid(2))).toBeUndefined();
});

test('says so where the item can not be understood', async () => {
  const spoiled = { TableName: ledger.tableName, Item: marshall({ guid: guid(3) }) };
  await ledger.client.send(new PutItemCommand(spoiled));
  const reading = historyOf(ledger.client, ledger.tableName, guid(3));
  await expect(reading).rejects.toThrow(
    new LedgerError(
      `the ledger knows ${guid(3)}, but its item can not be understood; forget the image to start again`,
    ),
  );
  await expect(reading).rejects.toHaveProperty('name', 'LedgerError');
});

test('what is forgotten is sent again, and to forget twice is no fault', async () => {
  await apply(4);
  await forget(ledger.client, ledger.tableName, guid(4), time.now());
  await forget(ledger.client, ledger.tableName, guid(4), time.now());
  expect((await apply(4)).figures).toMatchObject({ calls: 1 });
});

test('an image that is being changed can not be forgotten before the lease lapses', async () => {
  const leaseUntil = time.now() + 1_000;
  const item = { guid: guid(5), token: 'a', expiresAt: 1, leaseUntil };
  await ledger.store.put(item, { token: undefined });
  const attempt = (now: number) => forget(ledger.client, ledger.tableName, guid(5), now);
  await expect(attempt(leaseUntil)).rejects.toThrow(
    new LedgerError(`${guid(5)} is being changed at the moment; try again in a few minutes`),
  );
  await expect(attempt(leaseUntil + 1)).resolves.toBeUndefined();
});

test('an error of DynamoDB is no answer about the image', async () => {
  const reading = historyOf(ledger.client, 'no-such-table', guid(6));
  await expect(reading).rejects.toHaveProperty('name', 'ResourceNotFoundException');
  const forgetting = forget(ledger.client, 'no-such-table', guid(6), time.now());
  await expect(forgetting).rejects.toHaveProperty('name', 'ResourceNotFoundException');
});
