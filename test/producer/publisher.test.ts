import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { eventReader } from '../../lambda/contract/image-event.ts';
import { LOCAL_CREDENTIALS, type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { createPublisher, type ImageChange } from '../../producer/index.ts';
import { bodyOf, serve } from '../helpers/http-server.ts';
import { process, startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { runs } from '../helpers/runs.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

const Request = z.object({
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })),
});
type Entry = z.output<typeof Request>['Entries'][number];

const CREDENTIALS = {
  accessKeyId: LOCAL_CREDENTIALS.AWS_ACCESS_KEY_ID,
  secretAccessKey: LOCAL_CREDENTIALS.AWS_SECRET_ACCESS_KEY,
};

const read = (body: string) => eventReader({})(body);

/** A queue that confirms what it is told to, behind a socket. */
async function fakeQueue(
  answer: (entries: readonly Entry[], nth: number) => Promise<object> | object,
) {
  const batches: Entry[][] = [];
  const server = await serve(async (request, response) => {
    const { Entries } = Request.parse(JSON.parse(await bodyOf(request)));
    batches.push(Entries);
    const body = await answer(Entries, batches.length);
    const isError = '__type' in body;
    response.writeHead(isError ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  });
  const client = new SQSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    md5: false,
  });
  return {
    batches,
    publisher: (options = {}) =>
      createPublisher({ queueUrl: `${server.url}/000000000000/queue`, client, ...options }),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

const confirm = (entries: readonly Entry[]) => ({
  Successful: entries.map(({ Id }) => ({ Id, MessageId: `message-${Id}`, MD5OfMessageBody: '' })),
});

const changes = (count: number, images = count): ImageChange[] =>
  Array.from({ length: count }, (_, n) => ({ guid: guid(n % images), title: `title ${n}` }));

async function startDisposable(settings: { fifo?: boolean }) {
  const own = await startQueues({
    visibilityTimeoutSeconds: 30,
    maxReceiveCount: 10,
    port: 0,
    ...settings,
  });
  return { ...own, [Symbol.asyncDispose]: own.close };
}

describe('publishing', () => {
  let queues: LocalQueues;
  beforeAll(async () => {
    queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 10, port: 0 });
  });
  afterAll(async () => queues.close());

  test('gives one result for each change, in their order, with the fault of each bad one', async () => {
    const { publish } = createPublisher({ queueUrl: queues.queueUrl, client: queues.client });
    const bad = { images: [{ guid: guid(1), title: 'a' }, { guid: 'x' }] };
    const same = { guid: guid(2), title: 'twice' };
    const results = await publish([same, bad, same]);
    expect(results).toEqual([
      { change: same, status: 'sent', eventId: expect.any(String), messageId: expect.any(String) },
      {
        change: bad,
        status: 'invalid',
        reason: 'InvalidEvent',
        detail:
          'data.images[1].guid: "x" is not a UUID; data.images[1]: neither title nor description is supplied',
      },
      { change: same, status: 'sent', eventId: expect.any(String), messageId: expect.any(String) },
    ]);
    expect(await queues.depth()).toBe(2);
  });

  test('groups what it sends by account, so that SQS can be fair to the others', async () => {
    await using own = await startDisposable({});
    const { publish } = createPublisher({ queueUrl: own.queueUrl, client: own.client });
    await publish([
      { guid: guid(1), title: 'a', account_key: 'acme' },
      { guid: guid(2), title: 'b' },
    ]);
    const groups = (await storedMessages(own)).map(({ messageGroupId }) => messageGroupId);
    expect(groups.toSorted()).toEqual(['acme', 'default']);
  });

  test('sends to a FIFO queue, by image, and the same event once within five minutes', async () => {
    await using own = await startDisposable({ fifo: true });
    const { publish } = createPublisher({ queueUrl: own.queueUrl, client: own.client });
    const event = { guid: guid(1), title: 'a', id: 'mine', time: '2026-11-23T10:00:00Z' };
    const [first, again] = [await publish([event]), await publish([event])];
    expect([first[0]?.status, again[0]?.status]).toEqual(['sent', 'sent']);
    const stored = await storedMessages(own);
    expect(stored.map(({ messageGroupId }) => messageGroupId)).toEqual([guid(1)]);
  });

  test('refuses what is longer than the stack takes', async () => {
    const options = { queueUrl: queues.queueUrl, client: queues.client, maxTitleLength: 5 };
    const [result] = await createPublisher(options).publish([{ guid: guid(1), title: '123456' }]);
    expect(result).toMatchObject({ status: 'invalid', detail: expect.stringContaining('title') });
  });

  test('fails what is larger than SQS takes, and sends its neighbours', async () => {
    const { publish } = createPublisher({ queueUrl: queues.queueUrl, client: queues.client });
    const large = { guid: guid(1), title: 'x'.repeat(1_100_000) };
    const results = await publish([large, { guid: guid(2), title: 'b' }]);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'sent']);
  });
});

describe('an event', () => {
  test('is a CloudEvent with the change as its data, and facts of its own where the change says', async () => {
    await using queue = await fakeQueue(confirm);
    const own = { id: 'mine', time: '2024-01-01T00:00:00Z' };
    const change = { guid: guid(1), title: 'a', account_key: 'k', force: true, ...own };
    await queue.publisher({ source: '/pim', type: 'com.example.image' }).publish([change]);
    const [body = ''] = queue.batches.flat().map(({ MessageBody }) => MessageBody);
    const { id: _id, time: _time, ...data } = change;
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      ...own,
      source: '/pim',
      type: 'com.example.image',
      datacontenttype: 'application/json',
      data,
    });
  });

  test('gets a time of its own that is later than that of every one before', async () => {
    await using queue = await fakeQueue(confirm);
    await queue.publisher().publish(changes(200));
    const events = queue.batches.flat().map(({ MessageBody }) => read(MessageBody));
    const byTitle = events.toSorted(
      (a, b) => Number(a.images[0]?.title?.slice(6)) - Number(b.images[0]?.title?.slice(6)),
    );
    const times = byTitle.map(({ time }) => time ?? '');
    expect(new Set(times).size).toBe(200);
    expect(times).toEqual(times.toSorted());
  });
});

describe('batches', () => {
  test('are full, and hold no image twice, whatever is published', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(12), { maxLength: 60 }), async (images) => {
        await using queue = await fakeQueue(confirm);
        const list = images.map((n) => ({ guid: guid(n), title: 't' }));
        const results = await queue.publisher().publish(list);
        expect(results.map(({ status }) => status)).toEqual(list.map(() => 'sent'));
        for (const batch of queue.batches) {
          const guids = batch.map(({ MessageBody }) => read(MessageBody).images[0]?.guid);
          expect(new Set(guids).size).toBe(guids.length);
          expect(batch.length).toBeLessThanOrEqual(10);
        }
      }),
      runs(7),
    );
    await using queue = await fakeQueue(confirm);
    await queue.publisher().publish(changes(100));
    expect(queue.batches).toHaveLength(10);
  });

  test('are at most as many at once as is set: the source waits', async () => {
    let underWay = 0;
    let most = 0;
    let taken = 0;
    const ahead: number[] = [];
    await using queue = await fakeQueue(async (entries) => {
      underWay += 1;
      most = Math.max(most, underWay);
      ahead.push(taken);
      await new Promise((done) => setTimeout(done, 20));
      underWay -= 1;
      return confirm(entries);
    });
    async function* source() {
      for (const change of changes(100)) {
        taken += 1;
        yield change;
      }
    }
    let results = 0;
    for await (const { status } of queue
      .publisher({ parallelBatches: 2 })
      .publishStream(source())) {
      expect(status).toBe('sent');
      results += 1;
    }
    expect(results).toBe(100);
    expect(most).toBe(2);
    // Two batches under way, one being filled, and the change that waits for room.
    expect(Math.max(...ahead.map((count, nth) => count - 10 * nth))).toBeLessThanOrEqual(31);
  });

  test('are sent although not full when the stream brings nothing for a while', async () => {
    await using queue = await fakeQueue(confirm);
    let finish = () => {};
    const ended = new Promise<void>((done) => {
      finish = done;
    });
    async function* source() {
      yield { guid: guid(1), title: 'a' };
      await ended;
    }
    const results = queue.publisher().publishStream(source());
    const first = await results.next();
    expect(first.value).toMatchObject({ status: 'sent' });
    finish();
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });
});

describe('two changes of one image', () => {
  test('are never under way at once', async () => {
    const inFlight = new Set<string>();
    let met = false;
    await using queue = await fakeQueue(async (entries) => {
      const guids = entries.flatMap(({ MessageBody }) => read(MessageBody).images[0]?.guid ?? []);
      met ||= guids.some((of) => inFlight.has(of));
      for (const of of guids) inFlight.add(of);
      await new Promise((done) => setTimeout(done, 5));
      for (const of of guids) inFlight.delete(of);
      return confirm(entries);
    });
    await queue.publisher().publish(changes(60, 15));
    expect(met).toBe(false);
  });
});

describe('what the queue does not confirm', () => {
  test('is sent again under the same event id, and alone', async () => {
    await using queue = await fakeQueue((entries, nth) => {
      if (nth > 1) return confirm(entries);
      const [first, ...others] = entries;
      const failed = { Id: first?.Id, Code: 'InternalError', SenderFault: false };
      return { ...confirm(others), Failed: [failed] };
    });
    const results = await queue.publisher().publish(changes(3));
    expect(results.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
    expect(queue.batches.map(({ length }) => length)).toEqual([3, 1]);
    expect(queue.batches[1]?.[0]?.MessageBody).toBe(queue.batches[0]?.[0]?.MessageBody);
  });

  test('by a fault of ours is not sent again', async () => {
    await using queue = await fakeQueue((entries) => ({
      Failed: entries.map(({ Id }) => ({ Id, Code: 'InvalidMessageContents', SenderFault: true })),
    }));
    const results = await queue.publisher().publish(changes(2));
    expect(results).toMatchObject([
      { status: 'failed', cause: 'InvalidMessageContents' },
      { status: 'failed', cause: 'InvalidMessageContents' },
    ]);
    expect(queue.batches).toHaveLength(1);
  });

  test('since the caller may not send names the cause, for each change', async () => {
    await using queue = await fakeQueue(() => ({ __type: 'AccessDenied', message: 'no' }));
    const results = await queue.publisher().publish(changes(2));
    expect(results).toMatchObject([
      { status: 'failed', cause: 'AccessDenied' },
      { status: 'failed', cause: 'AccessDenied' },
    ]);
  });
});

test('what is published arrives at FinerWorks, the newest value of each image', async () => {
  await using system = await startTestSystem();
  system.standIn.images.acceptAll = true;
  const { queueUrl, client } = system.queues;
  const results = await createPublisher({ queueUrl, client }).publish(changes(60, 20));
  expect(results.every(({ status }) => status === 'sent')).toBe(true);
  await process(system, [{ guid: guid(99), title: 'last' }]);
  for (let n = 0; n < 20; n += 1) {
    expect(system.standIn.images.get(guid(n))?.title).toBe(`title ${40 + n}`);
  }
});
