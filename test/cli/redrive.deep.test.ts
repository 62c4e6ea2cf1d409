import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { cliJson } from '../helpers/cli.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const UNKNOWN = [101, 102, 103].map(guid);

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem({ batchSize: 10, batchingWindowSeconds: 1 });
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add([guid(1)]);
  const events = [guid(1), ...UNKNOWN].map((of) => JSON.stringify({ guid: of, title: 'first' }));
  await system.queues.send([...events, '{"title": "invalid"}']);
  system.start();
  await untilDead(4);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** What goes through between two refusals of an image is the evidence against it. */
async function untilDead(letters: number): Promise<void> {
  for (let n = 0; n < 40 && (await system.queues.deadLetters()).length < letters; n += 1) {
    await system.queues.send([JSON.stringify({ guid: guid(1), title: `${letters} ${n}` })]);
    await sleep(2_000);
  }
  expect(await system.queues.deadLetters()).toHaveLength(letters);
}

const redrive = async (...options: string[]) =>
  (await cliJson(['dlq', 'redrive', '--yes', ...options])).json;

test('tells which letters are dead again, once each, and which went through after the cause was fixed', async () => {
  expect(await redrive()).toMatchObject({
    redriven: 4,
    outcome: { settled: 0, deadAgain: { Refused: 3, InvalidEvent: 1 }, waiting: 0 },
  });
  system.standIn.images.add(UNKNOWN);
  expect(await redrive('--reason', 'Refused', '--rate', '100')).toMatchObject({
    redriven: 3,
    outcome: { settled: 3, fates: { applied: 3, superseded: 0 }, deadAgain: {}, waiting: 0 },
  });
  for (const of of UNKNOWN) expect(system.standIn.images.get(of)?.title).toBe('first');
  const { json } = await cliJson(['dlq', 'list']);
  expect(json.groups).toMatchObject([{ reason: 'InvalidEvent', letters: [{ redrives: 1 }] }]);
});

test('tells which were superseded by a newer change meanwhile', async () => {
  await system.queues.send([
    JSON.stringify({ guid: guid(104), title: 'old', time: '2024-01-01T00:00:00Z' }),
  ]);
  await untilDead(2);
  system.standIn.images.add([guid(104)]);
  await system.queues.send([JSON.stringify({ guid: guid(104), title: 'new' })]);
  await until(() => system.standIn.images.get(guid(104))?.title === 'new');
  expect(await redrive('--guid', guid(104))).toMatchObject({
    redriven: 1,
    outcome: { settled: 1, fates: { applied: 0, superseded: 1 }, deadAgain: {}, waiting: 0 },
  });
  expect(system.standIn.images.get(guid(104))?.title).toBe('new');
});

describe('while another event waits, longer than the test may take', () => {
  const dead = (n: number) =>
    putDeadLetter(system.queues, { body: { guid: guid(n), title: 'again' }, reason: 'Refused' });
  beforeAll(async () => {
    const { client, queueUrl: QueueUrl } = system.queues;
    const MessageBody = JSON.stringify({ guid: guid(1), title: 'waits' });
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 900 }));
    system.standIn.images.add([guid(105), guid(106)]);
  });

  test('it ends once the trail tells of each what became of it', async () => {
    await dead(104);
    await dead(105);
    expect(await redrive('--wait', '600')).toMatchObject({
      redriven: 3,
      outcome: {
        fates: { applied: 1, superseded: 1 },
        deadAgain: { InvalidEvent: 1 },
        waiting: 0,
      },
    });
  });

  test('without a trail it ends once the ledger tells that all are applied', async () => {
    await dead(106);
    delete process.env.TRAIL_TABLE;
    expect(await redrive('--reason', 'Refused', '--wait', '600')).toMatchObject({
      outcome: { settled: 1, fates: { applied: 1, superseded: 0 }, waiting: 0 },
    });
  });
});
