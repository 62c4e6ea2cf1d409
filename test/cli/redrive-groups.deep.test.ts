import { afterEach, describe, expect, test } from '@jest/globals';
import type { LocalSystem, LocalSystemOptions } from '../../local/system.ts';
import { cliJson } from '../helpers/cli.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

/** Images with products that an update would remove: changes of them die at once. */
const SOLD = [101, 102].map(guid);

let system: LocalSystem;
afterEach(async () => {
  await system[Symbol.asyncDispose]();
});

/** A system whose dead-letter queue holds the changes of two sold images. */
async function startWithDead(options: Partial<LocalSystemOptions>, group?: string) {
  system = await startTestSystem({ batchSize: 10, batchingWindowSeconds: 0, ...options });
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add(SOLD, { library: 'inventory', products: ['SHOP-1'] });
  const bodies = SOLD.map((of) => JSON.stringify({ guid: of, title: 'a' }));
  await system.queues.send(bodies, group);
  system.start();
  await until(async () => (await system.queues.deadLetters()).length === SOLD.length);
  return system;
}

const redrive = async () => (await cliJson(['dlq', 'redrive', '--yes'])).json;

test('a redriven message is of the group that its letter had, and so is its next letter', async () => {
  const { queues } = await startWithDead({}, 'acme');
  expect(await redrive()).toMatchObject({
    redriven: 2,
    outcome: { deadAgain: { WouldRemoveInventory: 2 } },
  });
  const groups = (await queues.deadLetters()).map(({ messageGroupId }) => messageGroupId);
  expect(groups).toEqual(['acme', 'acme']);
});

describe('on a FIFO queue', () => {
  test('letters are redriven, at once and more than once, and none is dropped as a duplicate', async () => {
    const { standIn, queues } = await startWithDead({ fifo: true });
    expect(await redrive()).toMatchObject({
      redriven: 2,
      outcome: { deadAgain: { WouldRemoveInventory: 2 }, waiting: 0 },
    });
    for (const of of SOLD) Object.assign(standIn.images.get(of) ?? {}, { products: [] });
    expect(await redrive()).toMatchObject({ redriven: 2, outcome: { settled: 2, waiting: 0 } });
    expect(SOLD.map((of) => standIn.images.get(of)?.title)).toEqual(['a', 'a']);
    expect(await queues.deadLetters()).toEqual([]);
  });

  test('a letter behind another of its group, which hides it, is told by the trail', async () => {
    await startWithDead({ fifo: true }, 'acme');
    expect(await redrive()).toMatchObject({
      redriven: 2,
      outcome: { settled: 0, deadAgain: { WouldRemoveInventory: 2 }, waiting: 0 },
    });
  });

  test('and without one not told to be settled', async () => {
    await startWithDead({ fifo: true }, 'acme');
    delete process.env.TRAIL_TABLE;
    expect(await redrive()).toMatchObject({
      redriven: 2,
      outcome: { settled: 0, deadAgain: { WouldRemoveInventory: 1 }, waiting: 1 },
    });
  });
});
