import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LocalSystem } from '../../local/system.ts';
import { cli, cliJson, startCli } from '../helpers/cli.ts';
import { expectDocumented } from '../helpers/documented-json.ts';
import { process as send, startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add([guid(1)]);
  await send(system, [
    { guid: guid(1), title: 'a' },
    { guid: guid(2), title: 'b', id: 'order-4711', source: 'shop' },
    'not json',
  ]);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** What `tail` tells of all that has happened. */
async function told(...options: readonly string[]) {
  const argv = ['tail', '--since', '1h', '--for', '0', ...options, '--json'];
  const { stdout } = await cli(argv);
  expectDocumented(argv, stdout);
  return stdout
    .trimEnd()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('tells each dead letter with its reason, and the counts of each batch', async () => {
  const all = await told();
  const dead = all.filter(({ kind }) => kind === 'deadLettered');
  expect(dead.toSorted((one, other) => one.reason.localeCompare(other.reason))).toMatchObject([
    { reason: 'NotJson', eventId: null, guids: [] },
    {
      ...{ reason: 'Refused', eventId: 'order-4711', guids: [guid(2)], source: 'shop' },
      letterId: expect.stringMatching(/^[\da-f-]{36}$/),
    },
  ]);
  expect(all.find(({ kind }) => kind === 'batch')).toMatchObject({ records: 3, images: 1 });
  const { stdout } = await cli(['tail', '--since', '1h', '--for', '0']);
  expect(stdout).toMatch(
    /^20\S+Z {2}dead-lettered {2}Refused {2}message \S+ {2}event order-4711 {2}from shop$/m,
  );
  expect(stdout).toMatch(/^20\S+Z {2}batch {10}3 records: 1 image, /m);
});

test('tells what was asked for alone', async () => {
  expect(await told('--reason', 'NotJson')).toMatchObject([{ reason: 'NotJson' }]);
  expect(await told('--event', 'order-4711')).toMatchObject([{ reason: 'Refused' }]);
  expect(await told('--source', 'shop')).toMatchObject([{ reason: 'Refused' }]);
  expect(await told('--source', 'another')).toEqual([]);
  expect(await told('--guid', guid(2))).toMatchObject([{ reason: 'Refused' }]);
  expect(await told('--guid', guid(7))).toEqual([]);
  expect((await cliJson(['tail', '--for', '0'])).json).toEqual({ lines: 0 });
});

test('tells what happens while it runs, once, until Ctrl-C', async () => {
  const environment = { ...system.environment, ...system.functionEnvironment };
  const { child, ended } = startCli(['tail', '--json'], environment);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  // Its first line of standard error says that it has found its deployment.
  await new Promise((resolve) => child.stderr.once('data', resolve));
  await system.queues.send(['no json either']);
  while (!output.includes('NotJson')) await new Promise((done) => setTimeout(done, 50));
  await new Promise((done) => setTimeout(done, 2_500));
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(output.match(/NotJson/g)?.length).toBe(2);
});
