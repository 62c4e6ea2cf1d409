import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cliJson, pointAt } from '../helpers/cli.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { startTestLedger, type TestLedger } from '../helpers/ledger.ts';
import { guid } from '../helpers/records.ts';

const TEN = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`a${n}`, 'x']));

let queues: LocalQueues;
let ledger: TestLedger;

/** One letter that SQS moved, one that somebody sent, one that is full. */
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 0, maxReceiveCount: 1, port: 0 });
  ledger = await startTestLedger();
  pointAt(queues);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
    FINERWORKS_SECRET_ID: 'secret',
  });
  const { client, queueUrl: QueueUrl } = queues;
  const MessageBody = JSON.stringify({ guid: guid(1), title: 'moved' });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  for (let n = 0; n < 2; n += 1) await client.send(new ReceiveMessageCommand({ QueueUrl }));
  await putDeadLetter(queues, { body: { guid: guid(2), title: 'sent' } });
  await putDeadLetter(queues, { body: { guid: guid(3), title: 'full' }, attributes: TEN });
});
afterAll(async () => {
  await queues.close();
  await ledger[Symbol.asyncDispose]();
});

async function detailsByGuid(): Promise<Record<string, string>> {
  const { json } = await cliJson(['dlq', 'list']);
  const [group] = json.groups;
  expect(group).toMatchObject({ reason: 'none', count: 3 });
  const letters: { guids: string[]; detail: string }[] = group.letters;
  return Object.fromEntries(letters.map(({ guids, detail }) => [guids[0], detail]));
}

test.each([
  ['there is no ledger', {}, /no ledger keeps it/],
  ['the ledger has nothing', { LEDGER_TABLE: () => ledger.tableName }, /does not have it/],
  ['the ledger can not be read', { LEDGER_TABLE: () => 'missing' }, /can't be read \(AWS: .*\)/],
])('only what SQS moved is said to be moved by it, where %s', async (_where, variables, why) => {
  for (const [name, value] of Object.entries(variables)) process.env[name] = value();
  const details = await detailsByGuid();
  expect(details[guid(1)]).toBe('moved by SQS itself');
  expect(details[guid(2)]).toMatch(/^no reason, and SQS does not say that it moved it/);
  expect(details[guid(3)]).toMatch(/no room for the reason, and .*: search the function's log/);
  expect(details[guid(3)]).toMatch(why);
});
