import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { cli, cliJson } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const [SENT, DEAD] = ['Blue Heron 🦩', 'Astronaut 👩🏽‍🚀'];

test('an emoji goes from a file through queue, function and dead-letter queue to FinerWorks', async () => {
  await using system = await startTestSystem({ batchSize: 10 });
  await using folder = await temporaryFolder();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  const { images } = system.standIn;
  images.add([guid(1)]);
  images.add([guid(2)], { library: 'inventory', products: ['SKU-1'] });
  system.start();

  const events = [
    { guid: guid(1), title: SENT },
    { guid: guid(2), title: DEAD },
  ];
  const file = await folder.write('e.ndjson', events.map((e) => JSON.stringify(e)).join('\n'));
  expect(await cliJson(['send', file])).toMatchObject({ code: 0, json: { files: [{ sent: 2 }] } });
  await until(() => images.get(guid(1))?.title === SENT);
  await until(async () => (await system.queues.deadLetters()).length === 1);

  const { json } = await cliJson(['dlq', 'list']);
  expect(json.groups).toMatchObject([{ reason: 'WouldRemoveInventory', count: 1 }]);
  const exported = folder.at('dead.ndjson');
  await cli(['dlq', 'export', exported]);
  expect(readFileSync(exported, 'utf8')).toContain(DEAD);

  // The shop has taken its product off, so that the update costs it nothing any more.
  Object.assign(images.get(guid(2)) ?? {}, { products: [] });
  expect((await cliJson(['dlq', 'redrive', '--yes'])).json).toMatchObject({
    redriven: 1,
    outcome: { settled: 1, deadAgain: {}, waiting: 0 },
  });
  expect(images.get(guid(2))?.title).toBe(DEAD);
});
