import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { Outcome } from '../../lambda/outcomes/outcome.ts';
import { listen } from '../../local/http-server.ts';
import { startCli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';
import { startServed } from '../helpers/served.ts';
import { expectRefusal } from '../helpers/start-local.ts';

const event = (nth: number, title = 'a') => JSON.stringify({ guid: guid(nth), title });

/** A port that nobody has just now; those after it are hoped to be free as well. */
async function freePort(): Promise<number> {
  const { url, close } = await listen(createServer());
  await close();
  // Systems hand out high ports for a moment; lower ones are left alone.
  return Number(new URL(url).port) - 10_000;
}

/** The result of a command line on a served system. */
async function run(argv: readonly string[], environment: Readonly<Record<string, string>>) {
  const { stdout } = await startCli([...argv, '--json'], environment).ended;
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

test('tells what became of each event, in lines of JSON, and a report at the end', async () => {
  await using folder = await temporaryFolder();
  const file = folder.at('local.env');
  await using served = await startServed(file, ['--events', '-'], `${event(1)}\nnot json`);
  expect(await served.line({ outcome: 'done' })).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    outcome: 'done',
    messageId: expect.any(String),
    guids: [guid(1)],
  });
  expect(await served.line({ outcome: 'deadLettered' })).toMatchObject({ reason: 'NotJson' });
  expect(await served.end()).toBe(0);
  expect(served.lines.at(-1)).toMatchObject({ events: 2, acknowledged: 1, deadLettered: 1 });
  expect(existsSync(file)).toBe(false);
});

test('has the ports that it was given, and its queue, ledger and images survive a restart', async () => {
  await using folder = await temporaryFolder();
  const port = await freePort();
  const options = ['--port', String(port), '--state', folder.at('state')];
  await using first = await startServed(folder.at('1.env'), options);
  const { environment } = first;
  expect(environment.QUEUE_URL).toBe(`http://127.0.0.1:${port}/000000000000/image-updates`);
  const events = await folder.write('events.ndjson', event(1, 'kept'));
  await run(['send', events], environment);
  await first.line({ outcome: 'done' });
  expect(await run(['pause'], environment)).toMatchObject({ state: 'Disabled' });
  const later = await folder.write('later.ndjson', event(2, 'waits'));
  await run(['send', later], environment);
  await first.end();

  await using second = await startServed(folder.at('2.env'), options);
  expect(second.environment).toEqual(environment);
  expect(await second.line({ outcome: 'done' })).toMatchObject({ guids: [guid(2)] });
  expect(await run(['image', guid(1)], environment)).toMatchObject({
    found: true,
    finerworks: { title: { value: 'kept', asConfirmed: true } },
  });
});

test('prints what a bus is told of each event', async () => {
  await using folder = await temporaryFolder();
  const options = ['--outcomes', '--events', '-'];
  await using served = await startServed(folder.at('local.env'), options, event(1));
  const { event: told } = await served.line({ outcome: 'told' });
  expect(Outcome.parse(told)).toMatchObject({
    type: 'finerworks-image-updates.applied',
    data: { guids: [guid(1)] },
  });
});

test('knows only the images that it was given, as the plain run does', async () => {
  await using folder = await temporaryFolder();
  const images = await folder.write('images.txt', guid(1));
  const options = ['--images', images, '--events', '-'];
  await using served = await startServed(
    folder.at('local.env'),
    options,
    `${event(1)}\n${event(2)}`,
  );
  expect(await served.line({ outcome: 'deadLettered' })).toMatchObject({
    guids: [guid(2)],
    reason: 'Refused',
  });
  await served.line({ outcome: 'done' });
});

test('overwrites no file that is not its own', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('.env', 'SECRET=1');
  await expectRefusal(['--serve', '--env', file], /is there already, and holds something else/);
});
