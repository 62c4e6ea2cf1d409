import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { type LocalQueues, startQueues } from '../../../local/aws/queues.ts';
import { environmentOf } from '../../helpers/cli.ts';
import { startTestConsole } from '../../helpers/console.ts';
import { openSession, ownHeaders, send } from '../../helpers/console-request.ts';
import { putDeadLetter } from '../../helpers/dead-letters.ts';
import { guid } from '../../helpers/records.ts';

const Group = z.object({ groups: z.array(z.object({ key: z.string() })) });
const Rows = z.object({ rows: z.array(z.object({ messageId: z.string() })) });
const Detail = z.object({
  check: z.object({ isValid: z.boolean() }),
  diesAgain: z.string().optional(),
});

let queues: LocalQueues;
beforeAll(async () => {
  queues = await startQueues({ visibilityTimeoutSeconds: 30, maxReceiveCount: 200, port: 0 });
});
afterAll(() => queues.close());

/** What the console says of the one letter that is there. */
async function detailOfOnly(reason: string) {
  await using console = await startTestConsole({ environment: environmentOf(queues) });
  const headers = ownHeaders(console, await openSession(console));
  const ask = async (path: string, body?: object) => {
    const method = body === undefined ? 'GET' : 'POST';
    const json = body && JSON.stringify(body);
    const { text } = await send(console, {
      ...{ method, path: `/api/of/0/${path}`, headers },
      ...(json !== undefined && { body: json }),
    });
    return JSON.parse(text);
  };
  await ask('ask/read-letters', {});
  const { groups } = Group.parse(await ask('ask/letters', { reason: [reason] }));
  const group = groups[0]?.key ?? '';
  const { rows } = Rows.parse(await ask('ask/group', { reason: [reason], group }));
  return Detail.parse(await ask(`letters/one/${rows[0]?.messageId}`));
}

test('a letter with a valid body says why it would be dead again all the same', async () => {
  const origin = {
    messageId: 'first',
    sentTimestamp: Date.parse('2026-11-23T09:00:00Z'),
    time: '2036-01-01T00:00:00.000000000Z',
    id: 'event-1',
  };
  const failure = { reason: 'TimeAhead', detail: 'ahead', guids: [guid(1)], attempts: 1, origin };
  await putDeadLetter(queues, {
    body: { guid: guid(1), title: 'a', time: '2036-01-01T00:00:00Z' },
    attributes: {
      failure: JSON.stringify({ ...failure, time: '2026-11-23T10:00:00Z', requestId: 'r' }),
    },
  });
  const detail = await detailOfOnly('TimeAhead');
  expect(detail.check.isValid).toBe(true);
  expect(detail.diesAgain).toMatch(/^TimeAhead: time: 2036-01-01T00:00:00/);
});

test('of a letter that may go through now nothing is foretold', async () => {
  await putDeadLetter(queues, { body: { guid: guid(2), title: 'a' }, reason: 'Refused' });
  expect(await detailOfOnly('Refused')).toMatchObject({ check: { isValid: true } });
  expect((await detailOfOnly('Refused')).diesAgain).toBeUndefined();
});
