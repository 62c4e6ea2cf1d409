import { readFileSync } from 'node:fs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { reportOf } from '../../local/report.ts';
import type { LocalSystem } from '../../local/system.ts';
import { cli, cliJson } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const MIB = 1_048_576;
const [OLD, FULL] = [guid(1), guid(2)];

let system: LocalSystem;
let ids: string[] = [];
const lines: string[] = [];

/** Two messages without room for a reason, each of an image with products, which an update removes. */
beforeAll(async () => {
  system = await startTestSystem({
    batchSize: 10,
    batchingWindowSeconds: 0,
    onLine: (line) => lines.push(line),
  });
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add([OLD, FULL], { library: 'inventory', products: ['AP1'] });
  const names = Array.from({ length: 10 }, (_, n) => `own-${n}`);
  const own = names.map((name) => [name, { DataType: 'String', StringValue: `of ${name}` }]);
  const full = JSON.stringify({ guid: FULL, title: 'full', note: '' });
  const note = 'n'.repeat(MIB - 30 - full.length);
  const messages = [
    {
      MessageBody: JSON.stringify({ guid: OLD, title: 'old' }),
      MessageAttributes: Object.fromEntries(own),
    },
    { MessageBody: JSON.stringify({ guid: FULL, title: 'full', note }) },
  ];
  const { client, queueUrl: QueueUrl } = system.queues;
  const sent = messages.map((one) => client.send(new SendMessageCommand({ QueueUrl, ...one })));
  ids = (await Promise.all(sent)).map(({ MessageId = '' }) => MessageId);
  system.start();
  await untilDead(2);
});
afterAll(async () => system[Symbol.asyncDispose]());

const untilDead = (count: number) =>
  until(async () => (await system.queues.deadLetters()).length === count);

test('the letters have no reason in them, and everybody finds it', async () => {
  const letters = await system.queues.deadLetters();
  expect(letters.map(({ messageAttributes }) => 'failure' in messageAttributes)).toEqual([
    false,
    false,
  ]);
  const { json } = await cliJson(['dlq', 'list', '--reason', 'WouldRemoveInventory']);
  expect(json.groups).toMatchObject([{ reason: 'WouldRemoveInventory', count: 2 }]);
  const { stdout } = await cli(['dlq', 'show', ids[0] ?? '']);
  expect(stdout).toMatch(/reason +WouldRemoveInventory\ndetail +.*AP1/);
  await using folder = await temporaryFolder();
  await cli(['dlq', 'export', folder.at('dead.ndjson'), '--guid', OLD]);
  expect(JSON.parse(readFileSync(folder.at('dead.ndjson'), 'utf8'))).toMatchObject({
    reason: 'WouldRemoveInventory',
    failure: { origin: { messageId: ids[0] } },
    messageAttributes: { 'own-9': { StringValue: 'of own-9' } },
  });
  const report = await reportOf(system, ids, 1);
  expect(report).toMatchObject({ deadLettered: 2, acknowledged: 0 });
  const reasons = report.deadLetters.map(({ reason }) => reason);
  expect(reasons).toEqual(['WouldRemoveInventory', 'WouldRemoveInventory']);
});

test('the log has each reason too, with the id of the letter and that of its message', async () => {
  const letters = await system.queues.deadLetters();
  const logged = lines
    .filter((line) => line.includes('Record dead-lettered'))
    .map((line) => JSON.parse(line));
  expect(logged.map(({ deadLetter }) => deadLetter.messageId).sort()).toEqual(
    letters.map(({ messageId }) => messageId).sort(),
  );
  expect(logged.map(({ messageId }) => messageId).sort()).toEqual([...ids].sort());
  for (const { deadLetter, messageId } of logged) {
    expect(JSON.parse(deadLetter.failureBeside)).toMatchObject({
      reason: 'WouldRemoveInventory',
      origin: { messageId },
    });
  }
});

test('redriven they die again with their reasons, and go through once the cause is fixed, each in its place', async () => {
  const redrive = async () => (await cliJson(['dlq', 'redrive', '--yes'])).json;
  expect(await redrive()).toMatchObject({
    redriven: 2,
    outcome: { deadAgain: { WouldRemoveInventory: 2 }, waiting: 0 },
  });
  for (const one of [OLD, FULL]) {
    const image = system.standIn.images.get(one);
    if (image) image.products = [];
  }
  await system.queues.send([JSON.stringify({ guid: OLD, title: 'new' })]);
  await until(() => system.standIn.images.get(OLD)?.title === 'new');
  expect(await redrive()).toMatchObject({
    redriven: 2,
    outcome: { settled: 2, fates: { applied: 1, superseded: 1 }, deadAgain: {} },
  });
  // Both came without a time of their own: only the place in the order tells that one is old.
  expect(system.standIn.images.get(OLD)?.title).toBe('new');
  expect(system.standIn.images.get(FULL)?.title).toBe('full');
});

test('what the ledger knows to be applied is told so while other events still wait', async () => {
  const image = system.standIn.images.get(FULL);
  if (image) image.products = ['AP1'];
  await system.queues.send([JSON.stringify({ guid: FULL, title: 'last' })]);
  await untilDead(1);
  if (image) image.products = [];
  const { client, queueUrl: QueueUrl } = system.queues;
  const MessageBody = JSON.stringify({ guid: OLD, title: 'later' });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 900 }));
  const { json } = await cliJson(['dlq', 'redrive', '--guid', FULL, '--wait', '10']);
  expect(json).toMatchObject({
    redriven: 1,
    outcome: { settled: 1, fates: { applied: 1, superseded: 0 }, waiting: 0 },
  });
});
