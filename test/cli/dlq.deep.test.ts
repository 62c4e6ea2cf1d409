import { readFileSync } from 'node:fs';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cli, cliAtTerminal, cliJson, pointAt } from '../helpers/cli.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

let queues: LocalQueues;
let firstOrigin: { messageId: string };

/** Six dead letters: three refused, two invalid, and one that SQS moved itself. */
beforeEach(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  pointAt(queues);
  const refused = (n: number, time: string) =>
    putDeadLetter(queues, {
      body: { guid: guid(n), title: `first of ${n}` },
      reason: 'Refused',
      time,
    });
  firstOrigin = await refused(101, '2026-11-23T10:00:01Z');
  await refused(102, '2026-11-23T10:00:03Z');
  await refused(103, '2026-11-23T10:00:02Z');
  await putDeadLetter(queues, { body: { guid: 'none', title: 'x' }, reason: 'InvalidEvent' });
  await putDeadLetter(queues, { body: { title: 'y' }, reason: 'InvalidEvent' });
  await putDeadLetter(queues, {
    body: { guid: guid(1), title: 'crashed' },
    attributes: { trace: 'kept' },
  });
});
afterEach(() => queues.close());

const countsOf = (json: { groups: { reason: string; count: number }[] }) =>
  Object.fromEntries(json.groups.map(({ reason, count }) => [reason, count]));

/** Ends when something was taken out of the queue, as by a function that succeeds. */
async function emptied(): Promise<void> {
  await until(async () => (await queues.depth()) > 0);
  await queues.client.send(new PurgeQueueCommand({ QueueUrl: queues.queueUrl }));
}

/** Visible to others: what a reader did not give back is missing here. */
const visible = async () => (await storedMessages(queues, queues.deadLetterQueueUrl)).length;

describe('dlq list', () => {
  test('groups by reason, those of SQS too, newest first, and gives everything back', async () => {
    const { code, json } = await cliJson(['dlq', 'list']);
    expect(code).toBe(0);
    expect(countsOf(json)).toEqual({ Refused: 3, InvalidEvent: 2, none: 1 });
    expect(json).toMatchObject({ seen: 6, visible: 6, inFlight: 0, complete: true });
    const [{ letters }] = json.groups;
    expect(letters.map(({ guids }: { guids: string[] }) => guids)).toEqual([
      [guid(102)],
      [guid(103)],
      [guid(101)],
    ]);
    expect(letters[0]).toMatchObject({ daysLeft: 13.9, redrives: 0 });
    expect(await visible()).toBe(6);
  });

  test('shows only what all filters let through, however a guid is written', async () => {
    const filter = ['--reason', 'Refused,none', '--since', '2026-11-23T10:00:02Z'];
    const guids = ['--guid', `{${guid(102).toUpperCase()}},${guid(101)}`, '--guid', guid(1)];
    const { json } = await cliJson(['dlq', 'list', ...filter, ...guids]);
    expect(countsOf(json)).toEqual({ Refused: 1, none: 1 });
  });

  test('says that it is incomplete while somebody else holds letters', async () => {
    const first = cliJson(['dlq', 'list']);
    await until(async () => (await visible()) < 6);
    const { stdout } = await cli(['dlq', 'list']);
    expect(stdout).toMatch(/Incomplete: .*which another reader holds/);
    expect((await first).json.complete).toBe(true);
  });
});

/** A letter of each of these ids, which share their beginnings as they please. */
const idsOf = async (filter: readonly string[] = []): Promise<string[]> => {
  const { json } = await cliJson(['dlq', 'list', ...filter]);
  return json.groups.flatMap(({ letters }: { letters: { messageId: string }[] }) =>
    letters.map(({ messageId }) => messageId),
  );
};

describe('dlq list, of very many letters', () => {
  beforeEach(async () => {
    const bodies = Array.from({ length: 120 }, (_, n) => n);
    const put = (n: number) =>
      putDeadLetter(queues, {
        body: { guid: guid(n), title: 'a', id: `event-${n}`, source: `shop-${n % 2}` },
        reason: n % 3 === 0 ? 'Refused' : 'WouldRemoveInventory',
        detail: n % 3 === 0 ? `refused ${guid(n)}` : `${guid(n)}: would remove AP1556P${n}`,
      });
    for (let at = 0; at < bodies.length; at += 50) {
      await Promise.all(bodies.slice(at, at + 50).map(put));
    }
  });

  test('fits a screen, and names letters that the other commands take', async () => {
    const { stdout } = await cli(['dlq', 'list']);
    expect(stdout.split('\n').length).toBeLessThan(50);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(stdout).toMatch(
      /^WouldRemoveInventory: 80\n +80 × .* by shop-[01] \(40\), shop-[01] \(40\): GUID: would remove …$/m,
    );
    const [, short = ''] = /^ {10}([0-9a-f]{8}) .*shop-[01] event-\d+$/m.exec(stdout) ?? [];
    expect((await cliJson(['dlq', 'show', short])).json.messageId).toContain(short);
  });

  test('names as many as it is asked for', async () => {
    const { stdout } = await cli([
      'dlq',
      'list',
      '--reason',
      'WouldRemoveInventory',
      '--limit',
      '60',
    ]);
    expect(stdout.match(/^ {10}[0-9a-f]{8} /gm)).toHaveLength(60);
    expect((await idsOf(['--limit', '3', '--source', 'shop-1'])).length).toBeLessThanOrEqual(6);
  });
});

describe('filters', () => {
  const putAs = (body: object, detail: string) =>
    putDeadLetter(queues, {
      body: { guid: guid(7), title: 'a', ...body },
      reason: 'Refused',
      detail,
    });

  test('find letters by source, account and words of the detail, of invalid events too', async () => {
    await putAs({ source: 'shop,1' }, 'one');
    await putAs({ source: 'shop', account_key: 'acme', title: 7 }, 'TITLE too long');
    const countOf = async (...filter: string[]) => (await idsOf(filter)).length;
    expect(await countOf('--source', 'shop,1')).toBe(1);
    expect(await countOf('--source', 'shop,1', '--source', 'shop')).toBe(2);
    expect(await countOf('--account', 'acme')).toBe(1);
    expect(await countOf('--detail', 'title too')).toBe(1);
  });

  test('leave the word after a list alone', async () => {
    await using folder = await temporaryFolder();
    const { json } = await cliJson(['dlq', 'export', '--reason', 'Refused,none', folder.at('a')]);
    expect(json.exported).toBe(4);
  });

  test('refuse a reason that nobody knows, as long as no letter has it', async () => {
    const list = ['dlq', 'list', '--reason', 'QuotaSpent'];
    const refused = await cli(list);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/QuotaSpent; .*Refused/),
    ]);
    const redriven = await cli(['dlq', 'redrive', '--reason', 'QuotaSpent']);
    expect(redriven.code).toBe(2);
    await putDeadLetter(queues, { body: { guid: guid(8), title: 'a' }, reason: 'QuotaSpent' });
    const { stdout } = await cli(list);
    expect(stdout).toMatch(/^QuotaSpent: 1\n.*because of QuotaSpent/);
  });
});

test('a letter whose failure nobody can read is not said to be moved by SQS', async () => {
  await putDeadLetter(queues, {
    body: { guid: guid(9), title: 'a' },
    attributes: { failure: JSON.stringify({ version: 9 }) },
  });
  const { json } = await cliJson(['dlq', 'list', '--guid', guid(9)]);
  expect(json.groups[0].letters[0].detail).toMatch(/not as this version writes it/);
});

test('a beginning of an id is enough, unless it could be several', async () => {
  const [id = ''] = await idsOf(['--guid', guid(101)]);
  const { code, json } = await cliJson(['dlq', 'show', id.slice(0, 8)]);
  expect([code, json.messageId]).toEqual([0, id]);
  const short = await cli(['dlq', 'show', id.slice(0, 3)]);
  expect([short.code, short.stderr]).toEqual([2, expect.stringMatching(/4 characters or more/)]);
  // An id of a first sending is one too; these two have the same beginning.
  const alike = ['abcdef01-1', 'abcdef01-2'];
  for (const messageId of alike) {
    const origin = { messageId, sentTimestamp: 1, time: null, id: null };
    const redrive = JSON.stringify({ count: 1, origin });
    await putDeadLetter(queues, { body: { title: 'z' }, attributes: { redrive } });
  }
  const several = await cli(['dlq', 'redrive', 'abcdef01']);
  expect([several.code, several.stderr]).toEqual([
    2,
    expect.stringMatching(/could be .*\(none\), /),
  ]);
  expect((await cliJson(['dlq', 'redrive', 'abcdef01-1', '--dry-run'])).json.redriven).toHaveLength(
    1,
  );
  const none = await cli(['dlq', 'redrive', 'abcdef02']);
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/no dead letter abcdef02/)]);
});

test('dlq show finds a letter by its id, or by that of its first sending, and tells why it is dead', async () => {
  const { code, stdout } = await cli(['dlq', 'show', firstOrigin.messageId]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/reason +Refused\ndetail +because of Refused\n/);
  expect(stdout).toContain('"title":"first of 101"');
  const id = stdout.split('\n')[0] ?? '';
  expect((await cliJson(['dlq', 'show', id])).json.originMessageId).toBe(firstOrigin.messageId);
  expect((await cliJson(['dlq', 'show', 'nobody'])).code).toBe(1);
  expect(await visible()).toBe(6);
});

describe('a letter with an origin that can not be', () => {
  const origin = { messageId: 'first', time: null, id: null };
  const failure = { reason: 'Refused', detail: 'no', guids: [], attempts: 1, requestId: 'r' };
  const forged = (sentTimestamp: number, reason: string) => ({
    redrive: JSON.stringify({ count: 2, origin: { ...origin, sentTimestamp } }),
    failure: JSON.stringify({
      ...{ ...failure, reason, time: '2026-11-23T10:00:00Z' },
      origin: { ...origin, sentTimestamp },
    }),
  });

  test.each([
    ['at no moment of a calendar', 9e15, 'Refused'],
    ['in a far year', Date.parse('5000-01-01T00:00:00Z'), 'Refused'],
    ['after the message, as the function found', Date.now(), 'InvalidRedrive'],
  ])(
    'is shown with why it is dead, and redriven as one that nobody redrove: %s',
    async (_name, sentTimestamp, reason) => {
      const body = { guid: guid(9), title: 'forged' };
      await putDeadLetter(queues, { body, attributes: forged(sentTimestamp, reason) });
      const { json } = await cliJson(['dlq', 'list', '--guid', guid(9)]);
      const [{ letters }] = json.groups;
      expect(json.groups).toMatchObject([{ reason, letters: [{ detail: 'no', redrives: 0 }] }]);
      expect((await cli(['dlq', 'show', letters[0].messageId])).code).toBe(0);
      await cli(['dlq', 'redrive', '--guid', guid(9), '--wait', '0']);
      const [sent] = await storedMessages(queues);
      const redrive = JSON.parse(sent?.messageAttributes.redrive?.StringValue ?? '');
      expect(redrive.count).toBe(1);
      expect(redrive.origin.sentTimestamp).toBeLessThanOrEqual(sent?.sentTimestamp ?? 0);
    },
  );
});

test('dlq export writes all there is of each letter, and never over a file', async () => {
  await using folder = await temporaryFolder();
  const { json } = await cliJson(['dlq', 'export', folder.at('dead.ndjson')]);
  expect(json).toMatchObject({ exported: 6, complete: true });
  const text = readFileSync(folder.at('dead.ndjson'), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.find(({ reason }) => reason === 'none')).toMatchObject({
    body: JSON.stringify({ guid: guid(1), title: 'crashed' }),
    messageAttributes: { trace: { DataType: 'String', StringValue: 'kept' } },
  });
  // Those who take the file for one of events are told how to go on.
  const sent = await cli(['send', folder.at('dead.ndjson')]);
  expect([sent.code, sent.stdout]).toEqual([
    1,
    expect.stringMatching(/:1: MalformedFile: a dead letter.*dlq redrive --file.*jq -c '.*\.event/),
  ]);
  const again = await cli(['dlq', 'export', folder.at('dead.ndjson')]);
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
  expect(await visible()).toBe(6);
});

describe('dlq discard', () => {
  test('writes what it deletes to a file, and leaves the rest', async () => {
    await using folder = await temporaryFolder();
    const argv = ['dlq', 'discard', folder.at('gone.ndjson'), '--reason', 'InvalidEvent', '--yes'];
    expect((await cliJson(argv)).json).toMatchObject({ discarded: 2, kept: 0 });
    const lines = readFileSync(folder.at('gone.ndjson'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual(['InvalidEvent', 'InvalidEvent']);
    expect(await visible()).toBe(4);
  });

  test('takes ids, and names what it deletes by reason before it asks', async () => {
    await using folder = await temporaryFolder();
    const [id = ''] = await idsOf(['--guid', guid(101)]);
    const { stdout, stderr } = await cliAtTerminal(
      ['dlq', 'discard', folder.at('gone.ndjson'), id.slice(0, 8)],
      'y',
    );
    expect(stderr).toContain('Delete 1 dead letter: Refused 1, for good?');
    expect(stdout).toContain(`dlq redrive --file ${folder.at('gone.ndjson')} --discarded`);
    expect(await visible()).toBe(5);
  });

  test('does nothing without a question, or --yes', async () => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await cli(['dlq', 'discard', folder.at('gone.ndjson')]);
    expect(code).toBe(2);
    expect(stderr).toContain('add --yes');
    expect(await visible()).toBe(6);
  });
});

describe('dlq redrive', () => {
  const redrive = (...options: string[]) =>
    cliJson(['dlq', 'redrive', '--wait', '0', '--yes', ...options]);

  test('puts count and origin in the place of failure; body and other attributes stay', async () => {
    expect((await redrive('--reason', 'Refused,none')).json.redriven).toBe(4);
    const sent = await storedMessages(queues);
    const first = sent.find(({ body }) => body.includes('first of 101'));
    expect(Object.keys(first?.messageAttributes ?? {})).toEqual(['redrive']);
    expect(JSON.parse(first?.messageAttributes.redrive?.StringValue ?? '')).toEqual({
      count: 1,
      origin: firstOrigin,
    });
    const crashed = sent.find(({ body }) => body.includes('crashed'));
    expect(crashed?.messageAttributes.trace?.StringValue).toBe('kept');
    // Of what SQS moved itself only the message tells where it came from.
    expect(JSON.parse(crashed?.messageAttributes.redrive?.StringValue ?? '').origin).toMatchObject({
      time: null,
      id: null,
    });
    expect(await visible()).toBe(2);
  });

  test('refuses what was redriven three times, unless it is forced', async () => {
    await putDeadLetter(queues, {
      body: { guid: guid(104), title: 'again' },
      reason: 'Refused',
      attributes: { redrive: JSON.stringify({ count: 3, origin: firstOrigin }) },
    });
    const refused = await redrive('--guid', guid(104));
    expect(refused.code).toBe(1);
    expect(refused.json).toMatchObject({
      redriven: 0,
      skipped: [{ why: expect.stringContaining('use --force') }],
    });
    expect((await redrive('--guid', guid(104), '--force')).json.redriven).toBe(1);
    const [sent] = await storedMessages(queues);
    const attribute = JSON.parse(sent?.messageAttributes.redrive?.StringValue ?? '');
    expect(attribute).toEqual({ count: 4, origin: firstOrigin });
  });

  test('--dry-run shows what would be sent and what must die again, and sends nothing', async () => {
    const { json } = await redrive('--dry-run');
    expect(json).toMatchObject({ dryRun: true, redriven: { length: 6 }, dying: { length: 2 } });
    const { stdout } = await cli(['dlq', 'redrive', '--dry-run']);
    expect(stdout).toContain(
      `  Refused  ${guid(101)}\n  {"guid":"${guid(101)}","title":"first of 101"}\n`,
    );
    expect(stdout).toContain(
      '  InvalidEvent  no image\n  MUST DIE AGAIN as InvalidEvent: guid: "none" is not a UUID\n',
    );
    expect(stdout).toMatch(/\(Refused 3, InvalidEvent 2, none 1\).*\n?.*2 of these must die again/);
    expect(await visible()).toBe(6);
    expect(await queues.depth()).toBe(0);
  });

  test('--dry-run marks what has a time that the function refuses', async () => {
    const body = { guid: guid(9), title: 'a', time: '2099-01-01T00:00:00Z' };
    await putDeadLetter(queues, { body, attributes: {} });
    const { stdout } = await cli(['dlq', 'redrive', '--guid', guid(9), '--dry-run']);
    expect(stdout).toMatch(/MUST DIE AGAIN as TimeAhead/);
  });

  test('asks where nothing says which, with the counts by reason; without a terminal it says what to do', async () => {
    const refused = await cli(['dlq', 'redrive']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/say which .*--yes/)]);
    const no = await cliAtTerminal(['dlq', 'redrive', '--wait', '0'], 'n');
    expect(no.stderr).toContain('Redrive all 6 dead letters: Refused 3, InvalidEvent 2, none 1?');
    expect(no.stdout).toBe('Nothing was redriven.\n');
    expect(await visible()).toBe(6);
    const yes = await cliAtTerminal(['dlq', 'redrive', '--wait', '0'], 'y');
    expect(yes.stdout).toContain('6 dead letters redriven');
  });

  test('--limit sends so many and no more, and asks nothing', async () => {
    const { stdout } = await cli(['dlq', 'redrive', '--limit', '2', '--wait', '0']);
    expect(stdout).toContain('2 dead letters redriven. The others were not looked at');
    expect([await queues.depth(), await visible()]).toEqual([2, 4]);
  });

  test('finds by the last reason what was retried without success', async () => {
    const origin = { messageId: 'first', sentTimestamp: 1, time: null, id: null };
    const failure = {
      ...{ reason: 'RetriesExhausted', lastReason: 'BadKeys', detail: 'no', guids: [] },
      ...{ attempts: 9, time: '2026-11-23T10:00:00Z', requestId: 'r', origin },
    };
    const attributes = { failure: JSON.stringify(failure) };
    await putDeadLetter(queues, { body: { guid: guid(9), title: 'a' }, attributes });
    expect((await redrive('--reason', 'BadKeys')).json.redriven).toBe(1);
  });

  test('--set of a permission keeps the place in the order', async () => {
    await redrive('--guid', guid(101), '--set', 'removeVirtualInventory=true');
    const [sent] = await storedMessages(queues);
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      ...{ guid: guid(101), title: 'first of 101' },
      removeVirtualInventory: true,
    });
    const { origin } = JSON.parse(sent?.messageAttributes.redrive?.StringValue ?? '');
    expect(origin).toEqual(firstOrigin);
  });

  test('--set makes it a change of now, which carries no older place in the order', async () => {
    const before = Date.now();
    await redrive('--guid', guid(101), '--set', 'title=Corrected', '--set', 'description=');
    const [sent] = await storedMessages(queues);
    const { time, ...body } = JSON.parse(sent?.body ?? '');
    expect(body).toEqual({ guid: guid(101), title: 'Corrected', description: '' });
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
    const { count, origin } = JSON.parse(sent?.messageAttributes.redrive?.StringValue ?? '');
    expect({ count, ...origin }).toMatchObject({
      count: 1,
      messageId: firstOrigin.messageId,
      time: null,
      id: null,
    });
    expect(origin.sentTimestamp).toBeGreaterThanOrEqual(Date.parse(time));
  });

  test('--set goes before the time that an attribute says', async () => {
    await putDeadLetter(queues, {
      body: { guid: guid(301), title: 'a' },
      reason: 'Refused',
      attributes: { 'ce-time': '2026-11-23T10:00:00Z', 'ce-id': 'kept' },
    });
    await redrive('--guid', guid(301), '--set', 'title=b');
    const [sent] = await storedMessages(queues);
    expect(Object.keys(sent?.messageAttributes ?? {}).sort()).toEqual(['ce-id', 'redrive']);
  });

  test('--set refuses what breaks the contract or names no image, and leaves the letter', async () => {
    const images = [1, 2].map((n) => ({ guid: guid(n), title: 'a' }));
    await putDeadLetter(queues, { body: { images }, reason: 'Refused' });
    const { code, json } = await redrive('--set', 'title=Corrected', '--max-title-length', '3');
    expect(code).toBe(1);
    expect(json.redriven).toBe(0);
    const reasons = json.skipped.map(({ why }: { why: string }) => why).join('\n');
    expect(reasons).toContain('title: longer than 3 characters');
    expect(reasons).toContain('guid: "none" is not a UUID');
    expect(reasons).toContain('say with --guid which of them is meant');
    expect(await visible()).toBe(7);
  });

  test('--set changes only the image that --guid names', async () => {
    const images = [1, 2].map((n) => ({ guid: guid(200 + n), title: 'a' }));
    await putDeadLetter(queues, { body: { images }, reason: 'Refused' });
    await redrive('--guid', guid(202), '--set', 'title=b');
    const [sent] = await storedMessages(queues);
    expect(JSON.parse(sent?.body ?? '').images).toEqual([images[0], { ...images[1], title: 'b' }]);
  });

  test('reports what it did even where nobody may know what became of it', async () => {
    const nowhere = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' };
    const ledger = { LEDGER_TABLE: 'ledger', FINERWORKS_SECRET_ID: 'keys' };
    Object.assign(process.env, nowhere, ledger);
    try {
      const argv = ['dlq', 'redrive', '--guid', guid(101), '--wait', '5'];
      const [{ code, json }] = await Promise.all([cliJson(argv), emptied()]);
      expect(json).toMatchObject({
        redriven: 1,
        outcome: { unknown: expect.stringContaining('ECONNREFUSED') },
      });
      expect(code).toBe(1);
    } finally {
      for (const name of Object.keys({ ...nowhere, ...ledger })) delete process.env[name];
    }
  });

  test('--rate holds back', async () => {
    const started = performance.now();
    expect((await redrive('--rate', '6')).json.redriven).toBe(6);
    expect(performance.now() - started).toBeGreaterThan(1_000);
  });
});
