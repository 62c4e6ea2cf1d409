import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { cliJson } from '../helpers/cli.ts';
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
