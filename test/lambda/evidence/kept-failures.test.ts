import { BatchGetItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectEvidence } from '../../../lambda/evidence/evidence-table.ts';
import { keptFailures } from '../../../lambda/evidence/kept-failures.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const clock = virtualTime();
const table = () => ({ ...ledger, clock });

test('what a dead letter has no room for is given back by its id, of 230 at once as of none', async () => {
  const failures = new Map(Array.from({ length: 230 }, (_, n) => [`letter-${n}`, `reason ${n}`]));
  await connectEvidence(table()).saveFailures(failures);
  expect(await keptFailures(table(), [...failures.keys(), 'another'])).toEqual(failures);
  expect(await keptFailures(table(), [])).toEqual(new Map());
});

test('it is kept a day longer than any queue keeps a dead letter', async () => {
  await connectEvidence(table()).saveFailures(new Map([['dated', 'reason']]));
  const request = { [ledger.tableName]: { Keys: [marshall({ guid: 'letter/dated' })] } };
  const answer = await ledger.client.send(new BatchGetItemCommand({ RequestItems: request }));
  expect(answer.Responses?.[ledger.tableName]).toMatchObject([
    { expiresAt: { N: String(clock.now() / 1_000 + 15 * 86_400) } },
  ]);
});

test('an item that can not be understood hides no other', async () => {
  const { client, tableName } = ledger;
  await connectEvidence(table()).saveFailures(new Map([['good', 'reason']]));
  await client.send(
    new PutItemCommand({
      TableName: tableName,
      Item: marshall({ guid: 'letter/odd', failure: 1 }),
    }),
  );
  const kept = await keptFailures(table(), ['odd', 'good']);
  expect(kept).toEqual(new Map([['good', 'reason']]));
});

test('it is read as of now: the letter may be there a moment longer than its reason', async () => {
  const asked: unknown[] = [];
  await using server = await serve(async (request, response) => {
    asked.push(JSON.parse(await bodyOf(request)));
    response.end(JSON.stringify({ Responses: {} }));
  });
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
  const client = new DynamoDBClient({ endpoint: server.url, region: 'eu-west-1', credentials });
  await keptFailures({ client, tableName: 'ledger', clock }, ['a']);
  client.destroy();
  expect(asked).toMatchObject([{ RequestItems: { ledger: { ConsistentRead: true } } }]);
});
