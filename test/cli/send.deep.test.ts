import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
