import { appendFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { journalOf } from '../../cli/sending/journal.ts';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cli, cliAtTerminal, cliJson, pointAt } from '../helpers/cli.ts';
import { eventLines as lines } from '../helpers/event-lines.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { bodyOf, serve } from '../helpers/http-server.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

let queues: LocalQueues;
beforeEach(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  pointAt(queues);
});
afterEach(() => queues.close());

const bodies = async () => (await storedMessages(queues)).map(({ body }) => JSON.parse(body));
const guidsIn = async () => (await bodies()).map((body) => body.guid);

describe('send', () => {
  test('sends every event once, in the order of the file by their times, and nothing twice', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(250));
    const first = await cliJson(['send', file]);
    expect(first).toMatchObject({ code: 0, json: { files: [{ events: 250, sent: 250 }] } });
    const sent = await bodies();
    expect(sent.toSorted((a, b) => a.time.localeCompare(b.time)).map(({ guid }) => guid)).toEqual(
      Array.from({ length: 250 }, (_, n) => guid(n)),
    );
    expect(new Set(sent.map(({ id }) => id)).size).toBe(250);
    const second = await cliJson(['send', file]);
    expect(second).toMatchObject({ code: 0, json: { files: [{ sentBefore: 250, sent: 0 }] } });
    expect(await bodies()).toHaveLength(250);
  });

  test('groups events by account, or as it is told', async () => {
    await using folder = await temporaryFolder();
    const groups = async (...options: string[]) => {
      const name = `events${options.join('')}.ndjson`;
      const text = `${lines(1, { account_key: 'acme' })}\n${lines(1)}`;
      const before = (await storedMessages(queues)).length;
      await cli(['send', await folder.write(name, text), ...options]);
      const sent = (await storedMessages(queues)).slice(before);
      return sent.map(({ messageGroupId }) => messageGroupId);
    };
    expect(await groups()).toEqual(['acme', 'default']);
    expect(await groups('--group-by', 'image')).toEqual([guid(0), guid(0)]);
    expect(await groups('--group-by', 'none')).toEqual([undefined, undefined]);
  });

  test('sends to a FIFO queue by image, and refuses to do without groups', async () => {
    const fifo = await startQueues({
      visibilityTimeoutSeconds: 30,
      maxReceiveCount: 200,
      fifo: true,
      port: 0,
    });
    Object.assign(process.env, { AWS_ENDPOINT_URL_SQS: fifo.url, QUEUE_URL: fifo.queueUrl });
    try {
      await using folder = await temporaryFolder();
      const file = await folder.write('events.ndjson', lines(3));
      const refused = await cliJson(['send', file, '--group-by', 'none']);
      expect(refused.code).toBe(2);
      expect(await cliJson(['send', file])).toMatchObject({
        code: 0,
        json: { files: [{ sent: 3 }] },
      });
      const sent = await storedMessages(fifo);
      expect(sent.map(({ messageGroupId }) => messageGroupId)).toEqual([0, 1, 2].map(guid));
    } finally {
      await fifo.close();
    }
  });

  test('sends an event as it stands that says its own time and id, in whatever envelope', async () => {
    await using folder = await temporaryFolder();
    const time = '2026-11-23T10:00:00Z';
    const events = [
      { guid: guid(1), title: 'a', id: 'mine', time },
      { specversion: '1.0', id: '1', source: '/pim', time, data: { guid: guid(2), title: 'b' } },
    ];
    await cli(['send', await folder.write('events.json', JSON.stringify(events, undefined, 2))]);
    expect(await bodies()).toEqual(events);
  });

  test('writes what SQS takes as an escape only, and sends an emoji as it is', async () => {
    await using folder = await temporaryFolder();
    const time = '2026-11-23T10:00:00Z';
    const event = { guid: guid(1), title: 'a\uFFFEb\uFFFFc 🦩', id: 'mine', time };
    const { code } = await cli(['send', await folder.write('e.ndjson', JSON.stringify(event))]);
    expect(code).toBe(0);
    expect(await bodies()).toEqual([event]);
  });

  test('sends a row of CSV at the time that it says', async () => {
    await using folder = await temporaryFolder();
    const rows = `guid,title,time\n${guid(1)},a,2026-11-23T10:00:00Z\n`;
    await cli(['send', await folder.write('rows.csv', rows)]);
    expect(await bodies()).toMatchObject([{ guid: guid(1), time: '2026-11-23T10:00:00Z' }]);
  });

  test('gives CloudEvents without a time one in their envelope', async () => {
    await using folder = await temporaryFolder();
    const event = { specversion: '1.0', id: '1', source: '/', data: { guid: guid(1), title: 'a' } };
    await cli(['send', await folder.write('event.json', JSON.stringify(event))]);
    expect(await bodies()).toEqual([{ ...event, time: expect.stringMatching(/^\d{4}-.*Z$/) }]);
  });

  test('--force stands beside the images, within the envelope', async () => {
    await using folder = await temporaryFolder();
    const data = { images: [{ guid: guid(1), title: 'a' }] };
    const event = { specversion: '1.0', id: '1', source: '/', time: '2026-01-01T00:00:00Z', data };
    await cli(['send', '--force', await folder.write('event.json', JSON.stringify(event))]);
    expect(await bodies()).toEqual([{ ...event, data: { ...data, force: true } }]);
  });

  test('sends nothing of any file while one of them has a fault', async () => {
    await using folder = await temporaryFolder();
    const good = await folder.write('good.ndjson', lines(1));
    const bad = await folder.write('bad.csv', 'guid,title\nnone,x\n');
    const { code, stdout } = await cli(['send', good, bad]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${bad}:2: InvalidEvent: guid: "none" is not a UUID`);
    expect(stdout).toContain('nothing was sent');
    expect(await bodies()).toEqual([]);
  });

  test('refuses to go on once the file has changed, and says what to do', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(2));
    await cli(['send', file]);
    await folder.write('events.ndjson', lines(3));
    const { code, stderr } = await cli(['send', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/the file has changed since.*--restart/);
  });

  test('what one queue got does not count for another', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(2));
    const trial = await startQueues({
      visibilityTimeoutSeconds: 30,
      maxReceiveCount: 200,
      port: 0,
    });
    pointAt(trial);
    expect((await cliJson(['send', file])).code).toBe(0);
    await trial.close();
    pointAt(queues);
    const { json } = await cliJson(['send', file]);
    expect(json.files).toMatchObject([{ sentBefore: 0, sent: 2 }]);
  });

  test('--restart says what it gives up, asks where it can, and sends all of it again', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(2));
    await cli(['send', file]);
    expect((await cliJson(['send', file])).json.files).toMatchObject([{ sentBefore: 2, sent: 0 }]);
    const declined = await cliAtTerminal(['send', '--restart', file], 'n');
    expect(declined).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/2 of 2 events were sent since 20\S+Z, which is forgotten/),
    });
    await folder.write('events.ndjson', lines(3));
    const { code, json } = await cliJson(['send', '--restart', file]);
    expect([code, json.files]).toMatchObject([0, [{ sentBefore: 0, sent: 3 }]]);
  });
});

test('send refuses a journal that is broken at once, with its line, and sends nothing', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('events.ndjson', lines(3));
  await cli(['send', file]);
  const sent = await guidsIn();
  appendFileSync(journalOf(file, queues.queueUrl), '{"sent":[[0,9007199254740991]]}\n');
  const { code, stderr } = await cli(['send', file]);
  expect(code).toBe(2);
  const journal = journalOf(file, queues.queueUrl);
  expect(stderr).toContain(`error: ${journal}:3: is no line of a journal of 3 events\n`);
  expect(await guidsIn()).toEqual(sent);
});

describe('what the queue does not confirm', () => {
  /** An SQS that treats some entries of each batch as it is told, and passes on the others. */
  const faulty = (faultOf: (body: string) => object | undefined) =>
    serve(async (request, response) => {
      const { Entries, ...rest } = JSON.parse(await bodyOf(request));
      const failed: object[] = [];
      const passed: object[] = [];
      for (const entry of Entries) {
        const fault = faultOf(entry.MessageBody);
        if (fault === undefined) passed.push(entry);
        else failed.push({ Id: entry.Id, ...fault });
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => /^(x-amz|content-type)/.test(name)),
      ) as Record<string, string>;
      const body = JSON.stringify({ ...rest, QueueUrl: queues.queueUrl, Entries: passed });
      const answer: unknown =
        passed.length === 0
          ? { Successful: [] }
          : await (await fetch(queues.url, { method: 'POST', headers, body })).json();
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ ...z.looseObject({}).parse(answer), Failed: failed }));
    });

  test('is sent again, until it is confirmed', async () => {
    await using folder = await temporaryFolder();
    const tried = new Set<string>();
    await using server = await faulty((body) => {
      if (tried.has(body) || !/title \d*3"/.test(body)) return undefined;
      tried.add(body);
      return { SenderFault: false, Code: 'InternalError' };
    });
    process.env.AWS_ENDPOINT_URL_SQS = server.url;
    const file = await folder.write('events.ndjson', lines(40));
    expect(await cliJson(['send', file])).toMatchObject({ code: 0 });
    expect(tried.size).toBe(4);
    expect((await guidsIn()).toSorted()).toEqual(Array.from({ length: 40 }, (_, n) => guid(n)));
  });

  test('is named by its line where the queue refuses it for good, and all others are sent', async () => {
    await using folder = await temporaryFolder();
    await using server = await faulty((body) =>
      body.includes('"title 7"')
        ? { SenderFault: true, Code: 'InvalidMessageContents', Message: 'no' }
        : undefined,
    );
    process.env.AWS_ENDPOINT_URL_SQS = server.url;
    const file = await folder.write('events.ndjson', lines(20));
    const { code, json } = await cliJson(['send', file]);
    expect(code).toBe(2);
    expect(json.files[0]).toMatchObject({
      sent: 19,
      failed: [{ line: 8, why: 'InvalidMessageContents: no', refused: true }],
    });
    const again = await cli(['send', file]);
    expect(again.code).toBe(2);
    expect(again.stdout).toBe(
      `${file}:8: refused: InvalidMessageContents: no\n${file}: 0 events sent, 19 of earlier runs, 1 refused by the queue for good: correct and send them in a file of their own\n`,
    );
    expect(await guidsIn()).toHaveLength(19);
  });

  test('for lack of a queue ends the run at once, with 3 and what to do', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(20));
    const { code, json } = await cliJson(['send', file, '--queue', `${queues.url}/0/none`]);
    expect(code).toBe(3);
    expect(json.error).toEqual({
      cause: 'QueueDoesNotExist',
      message: expect.stringContaining('check --queue'),
    });
  });
});
