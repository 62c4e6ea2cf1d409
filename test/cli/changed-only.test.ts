import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { journalOf } from '../../cli/sending/journal.ts';
import type { LocalSystem } from '../../local/system.ts';
import { cli, cliJson, examplesOf } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { process as deliver, startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

const FAST = ['--calls-per-second', '1000'];

let system: LocalSystem;
beforeEach(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  const { images } = system.standIn;
  images.add([guid(1), guid(2), guid(3)], { library: 'inventory', title: 'A' });
});
afterEach(async () => {
  await system[Symbol.asyncDispose]();
});

const ndjson = (events: readonly object[]) => events.map((e) => JSON.stringify(e)).join('\n');
const image = (n: number, title: string, rest: object = {}) => ({ guid: guid(n), title, ...rest });
const bodies = async () =>
  (await storedMessages(system.queues)).map(({ body }) => JSON.parse(body));
/** Images and titles of each message that waits in the queue. */
const queued = async () =>
  (await bodies()).map((body) =>
    (body.images ?? [body]).map(({ title }: { title: string }) => title),
  );

/** Sends what differs of events, and tells of it. */
async function changedOf(events: readonly object[], ...options: string[]) {
  await using folder = await temporaryFolder();
  const file = await folder.write('events.ndjson', ndjson(events));
  return await cliJson(['send', '--changed-only', file, ...FAST, ...options]);
}

describe('send --changed-only', () => {
  test('sends what differs, and what FinerWorks does not list', async () => {
    const { code, json } = await changedOf([image(1, 'A'), image(2, 'B'), image(9, 'new')]);
    expect([code, await queued()]).toEqual([0, [['B'], ['new']]]);
    expect(json.files).toMatchObject([{ events: 3, sent: 2, unchanged: { events: 1, images: 0 } }]);
  });

  test('of an event of several images sends those that differ, as one event', async () => {
    await using folder = await temporaryFolder();
    const events = [
      { id: 'mine', images: [image(1, 'A'), image(2, 'B'), image(3, 'C')] },
      { images: [image(1, 'A')] },
    ];
    const file = await folder.write('events.json', JSON.stringify(events));
    const { code, stdout } = await cli(['send', '--changed-only', file, ...FAST]);
    expect([code, await bodies()]).toMatchObject([
      0,
      [{ id: 'mine', images: [image(2, 'B'), image(3, 'C')] }],
    ]);
    expect(stdout).toBe(
      `${file}: 1 event sent, 1 left out as unchanged, 1 unchanged image left out of others\n`,
    );
  });

  test('sends all events of an image whose newest one differs, and none where it does not', async () => {
    await changedOf([image(1, 'B'), image(2, 'A'), image(1, 'A'), image(2, 'B')]);
    expect(await queued()).toEqual([['A'], ['B']]);
  });

  test('looks at all files together, of which the last is the newest', async () => {
    await using folder = await temporaryFolder();
    const first = await folder.write('1.ndjson', ndjson([image(1, 'A'), image(2, 'B')]));
    const last = await folder.write('2.ndjson', ndjson([image(1, 'B'), image(2, 'A')]));
    await cli(['send', '--changed-only', first, last, ...FAST]);
    expect(await queued()).toEqual([['A'], ['B']]);
  });

  test('sends what an event forces, and will not be forced itself', async () => {
    await changedOf([image(1, 'A', { force: true }), image(2, 'A')]);
    expect(await queued()).toEqual([['A']]);
    const { code, stderr } = await cli(['send', '--changed-only', '--force', 'e.ndjson']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
  });

  test('lets a newer event follow one that an earlier run has sent', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('e.ndjson', ndjson([image(1, 'B'), image(1, 'A')]));
    await cli(['send', file]);
    // As if it had been killed after its first event.
    const path = journalOf(file, system.queues.queueUrl);
    writeFileSync(path, readFileSync(path, 'utf8').replace('[0,1]', '[0,0]'));
    const { stdout } = await cli(['send', '--changed-only', file, ...FAST]);
    expect(stdout).toContain('warning: 2 messages in the queue');
    expect(stdout).toContain('1 event sent, 1 of earlier runs\n');
    expect(await queued()).toEqual([['B'], ['A'], ['A']]);
  });

  test('sends nothing and begins no journal where FinerWorks can’t be asked', async () => {
    await using folder = await temporaryFolder();
    system.standIn.keys = { web_api_key: 'other-key', app_key: 'other-key' };
    const file = await folder.write('e.ndjson', ndjson([image(1, 'B')]));
    const { code, json } = await cliJson(['send', '--changed-only', file, ...FAST]);
    expect([code, json.error.cause]).toEqual([3, 'BadKeys']);
    expect(existsSync(journalOf(file, system.queues.queueUrl))).toBe(false);
    expect(await system.queues.depth()).toBe(0);
  });

  test('what it sends makes every image as the file wants it', async () => {
    const events = [image(1, 'A'), image(2, 'B'), { images: [image(1, 'A'), image(3, 'C')] }];
    await changedOf(events);
    await deliver(system, []);
    const titles = [1, 2, 3].map((n) => system.standIn.images.get(guid(n))?.title);
    expect(titles).toEqual(['A', 'B', 'C']);
  });
});

test('send --preview shows what preview shows, and sends nothing', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('e.ndjson', ndjson([image(1, 'B'), image(2, 'A')]));
  const shown = await cli(['send', '--preview', file, ...FAST]);
  expect(shown).toEqual(await cli(['preview', file, ...FAST]));
  expect(shown.stdout).toContain('2 images: 1 changed, 1 unchanged. 1 call');
  expect(await system.queues.depth()).toBe(0);
  expect(existsSync(journalOf(file, system.queues.queueUrl))).toBe(false);
});

test('the examples of preview and send that ask FinerWorks run as they stand', async () => {
  await using folder = await temporaryFolder();
  await folder.write('titles.csv', `guid,title\n${guid(1)},B\n`);
  await folder.write('all-images.ndjson', ndjson([image(1, 'A'), image(2, 'B')]));
  const sending = (await examplesOf('send', folder.at)).filter((argv) =>
    ['--preview', '--changed-only'].some((option) => argv.includes(option)),
  );
  const previewing = await examplesOf('preview', folder.at);
  expect([previewing.length, sending.length]).toEqual([3, 2]);
  for (const argv of [...previewing, ...sending]) {
    expect([argv, (await cli(argv)).code]).toEqual([argv, 0]);
  }
  expect(await queued()).toEqual([['B']]);
});
