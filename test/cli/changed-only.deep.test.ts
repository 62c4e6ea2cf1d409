import { expect, test } from '@jest/globals';
import { startCli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

test('Ctrl-C while send --changed-only asks sends nothing, and ends with 130', async () => {
  await using system = await startTestSystem();
  await using folder = await temporaryFolder();
  const guids = Array.from({ length: 1_000 }, (_, n) => guid(n));
  system.standIn.images.add(guids, { library: 'inventory', title: 'A' });
  const events = guids.map((guid) => JSON.stringify({ guid, title: 'B' }));
  const file = await folder.write('e.ndjson', events.join('\n'));
  const argv = ['send', '--changed-only', '--calls-per-second', '1', file];
  const environment = { ...system.environment, ...system.functionEnvironment };
  const { child, ended } = startCli(argv, environment);
  await until(() => system.standIn.requests.length > 0);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stdout: 'Nothing was sent.\n' });
  expect(await system.queues.depth()).toBe(0);
});
