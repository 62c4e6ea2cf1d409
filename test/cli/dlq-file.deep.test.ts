import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cli, cliJson, pointAt } from '../helpers/cli.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { type Folder, temporaryFolder } from '../helpers/folder.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

let queues: LocalQueues;
let folder: Folder;
let origin: { messageId: string };

/** Two that could go as they are, and two that can't. */
beforeEach(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  folder = await temporaryFolder();
  pointAt(queues);
  const put = (body: object, reason: string) =>
    putDeadLetter(queues, { body, reason, attributes: { trace: 'kept' } });
  origin = await put({ guid: guid(1), title: 'one' }, 'Refused');
  await put({ guid: guid(2), title: 'two' }, 'Refused');
  await put({ guid: guid(3), title: 3 }, 'InvalidEvent');
  await put({ guid: guid(4), title: 4 }, 'InvalidEvent');
  await cli(['dlq', 'export', folder.at('dead.ndjson')]);
});
afterEach(async () => {
  await queues.close();
  await folder[Symbol.asyncDispose]();
});

/** Writes the exported letters again, each as somebody edits it. */
async function edit(change: (line: { event: { title: unknown } }) => void): Promise<string> {
  const lines = readFileSync(folder.at('dead.ndjson'), 'utf8').trimEnd().split('\n');
  const edited = lines.map((text) => {
    const line = JSON.parse(text);
    change(line);
    return JSON.stringify(line);
  });
  return folder.write('edited.ndjson', edited.join('\n'));
}

const correctThree = () =>
  edit(({ event }) => {
    if (event.title === 3) event.title = 'three';
  });

const redrive = (...options: string[]) => cliJson(['dlq', 'redrive', '--wait', '0', ...options]);
const left = async () => (await storedMessages(queues, queues.deadLetterQueueUrl)).length;

describe('a file of dead letters that somebody edited', () => {
  test('is checked as it would be sent', async () => {
    const file = await correctThree();
    const { code, stdout } = await cli(['validate', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/edited\.ndjson:\d: InvalidEvent: title: 4 is not a text/);
    expect(stdout).toMatch(/4 events, 1 fault\n.*1 of them edited; dlq redrive --file sends them/);
  });

  test('is sent: what was not edited in its place, what was as of now, what must die not at all', async () => {
    const started = Date.now();
    const { code, json } = await redrive('--file', await correctThree());
    expect([code, json.redriven]).toEqual([1, 3]);
    expect(json.skipped).toMatchObject([{ why: expect.stringMatching(/must die again as Inv/) }]);
    const sent = await storedMessages(queues);
    const of = (n: number) => sent.find(({ body }) => body.includes(guid(n)));
    expect(of(1)?.body).toBe(JSON.stringify({ guid: guid(1), title: 'one' }));
    const attributes = of(1)?.messageAttributes ?? {};
    expect(JSON.parse(attributes.redrive?.StringValue ?? '')).toEqual({ count: 1, origin });
    expect(attributes.trace?.StringValue).toBe('kept');
    const three = JSON.parse(of(3)?.body ?? '');
    expect(three).toMatchObject({ guid: guid(3), title: 'three' });
    expect(Date.parse(three.time)).toBeGreaterThanOrEqual(started);
    expect(await left()).toBe(1);
  });

  test('sends only the letters that it has, and with a filter only those of them', async () => {
    await putDeadLetter(queues, { body: { guid: guid(5), title: 'new' }, reason: 'Refused' });
    const file = await correctThree();
    expect((await redrive('--file', file, '--reason', 'InvalidEvent')).json.redriven).toBe(1);
    expect((await redrive('--file', file, '--limit', '1')).json.redriven).toBe(1);
    expect(await left()).toBe(3);
  });

  test('does not send twice what has left the queue since', async () => {
    const file = await correctThree();
    await redrive('--file', file);
    const { code, json } = await redrive('--file', file);
    expect([code, json.redriven]).toEqual([1, 0]);
    expect(json.skipped.map(({ why }: { why: string }) => why)).toContainEqual(
      expect.stringMatching(/no longer in the dead-letter queue.*--discarded/),
    );
  });

  test('--dry-run says the same, and sends nothing', async () => {
    const { json } = await redrive('--file', await correctThree(), '--dry-run');
    expect(json).toMatchObject({ redriven: { length: 3 }, skipped: { length: 1 } });
    expect([await queues.depth(), await left()]).toEqual([0, 4]);
  });

  test.each([
    ['a line that is none', 'no\n', /:1: no dead letter of dlq export/],
    ['a letter twice', undefined, /:2: the letter of line 1 again/],
  ])('with %s sends nothing', async (_what, text, why) => {
    const [first] = readFileSync(folder.at('dead.ndjson'), 'utf8').split('\n');
    const file = await folder.write('bad.ndjson', text ?? `${first}\n${first}\n`);
    const { code, stderr } = await cli(['dlq', 'redrive', '--file', file]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(why)]);
    expect(await left()).toBe(4);
  });
});

test('what was discarded comes back from its file, in its place', async () => {
  const gone = folder.at('gone.ndjson');
  await cli(['dlq', 'discard', gone, '--yes', '--guid', guid(1)]);
  expect((await redrive('--file', gone)).json.redriven).toBe(0);
  expect((await redrive('--file', gone, '--discarded')).json.redriven).toBe(1);
  const [sent] = await storedMessages(queues);
  expect(JSON.parse(sent?.messageAttributes.redrive?.StringValue ?? '').origin).toEqual(origin);
});
