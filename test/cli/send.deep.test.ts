import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { journalOf } from '../../cli/sending/journal.ts';
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts';
import { cli, environmentOf, pointAt, startCli } from '../helpers/cli.ts';
import { eventLines as lines } from '../helpers/event-lines.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { until } from '../helpers/local-run.ts';
import { storedMessages } from '../helpers/stored-messages.ts';

let queues: LocalQueues;
beforeEach(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
  pointAt(queues);
});
afterEach(() => queues.close());

const guidsIn = async () => (await storedMessages(queues)).map(({ body }) => JSON.parse(body).guid);

describe('send', () => {
  test('Ctrl-C lets what is under way finish, notes it, and ends with 130', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(6_000));
    const { child, ended } = startCli(['send', '--json', file], environmentOf(queues));
    await until(async () => (await queues.depth()) > 0);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const [{ sent }] = JSON.parse(stdout).files;
    expect(sent).toBe(await queues.depth());
    await cli(['send', file]);
    expect(new Set(await guidsIn()).size).toBe(6_000);
    expect(await guidsIn()).toHaveLength(6_000);
  });

  test('killed halfway, it goes on: no event missing, none double but those under way', async () => {
    await using folder = await temporaryFolder();
    const count = 5_000;
    const file = await folder.write('events.ndjson', lines(count));
    const { child, ended } = startCli(['send', file], environmentOf(queues));
    const journal = () =>
      readFileSync(journalOf(file, queues.queueUrl), { encoding: 'utf8', flag: 'a+' });
    await until(() => journal().split('\n').length > 6);
    child.kill('SIGKILL');
    await ended;
    const confirmed = new Set<number>();
    for (const line of journal().split('\n').slice(1, -1)) {
      for (const [from, to] of JSON.parse(line).sent) {
        for (let at = from; at <= to; at += 1) confirmed.add(at);
      }
    }
    expect(confirmed.size).toBeLessThan(count);

    const { code } = await cli(['send', file]);
    expect(code).toBe(0);
    const sent = (await storedMessages(queues)).map(({ body }) => JSON.parse(body));
    const times = Map.groupBy(sent, ({ id }) => Number(id.split('/')[1]));
    expect(times.size).toBe(count);
    const doubled = [...times].filter(([, all]) => all.length > 1);
    expect(doubled.length).toBeLessThanOrEqual(100);
    expect(doubled.filter(([position]) => confirmed.has(position))).toEqual([]);
    for (const [, [one, other]] of doubled) expect(other).toEqual(one);
  });
});

describe('send of one file by two processes at once', () => {
  test('is for the first: the second says so, ends with 4, and sends nothing', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(3_000));
    const first = startCli(['send', file], environmentOf(queues));
    await until(async () => (await queues.depth()) > 0);
    // However slow it is, it is not done when the second one comes.
    first.child.kill('SIGSTOP');
    const second = await startCli(['send', '--json', file], environmentOf(queues)).ended;
    first.child.kill('SIGCONT');
    expect(second).toMatchObject({
      code: 4,
      stderr: `error: ${file}: another process is sending it; nothing was sent by this one\n`,
    });
    expect(JSON.parse(second.stdout).error.cause).toBe('BusyError');
    expect((await first.ended).code).toBe(0);
    expect(await guidsIn()).toHaveLength(3_000);
  });

  test('is for the second, once the first was killed', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('events.ndjson', lines(3_000));
    const first = startCli(['send', file], environmentOf(queues));
    await until(async () => (await queues.depth()) > 0);
    first.child.kill('SIGKILL');
    await first.ended;
    expect((await startCli(['send', file], environmentOf(queues)).ended).code).toBe(0);
    expect(new Set(await guidsIn()).size).toBe(3_000);
  });
});
