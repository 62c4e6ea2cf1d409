import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { NOT_CONNECTED } from '../../../lambda/finerworks/answer.ts';
import { classify } from '../../../lambda/finerworks/classify.ts';
import { exchange } from '../../../lambda/finerworks/connections.ts';

afterEach(() => {
  jest.useRealTimers();
});

test('a connection that is not made within 10 s is given up, and nothing was sent on it', async () => {
  await using server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  jest.useFakeTimers();
  const answer = exchange(`https://127.0.0.1:${address.port}`, { method: 'PUT' }, '{}');
  const failure = expect(answer).rejects.toMatchObject({ code: NOT_CONNECTED });
  // It takes connections, and never answers what TLS begins with.
  const [socket] = await once(server, 'connection');
  jest.advanceTimersByTime(9_999);
  expect(socket.destroyed).toBe(false);
  jest.advanceTimersByTime(1);
  await failure;
  const verdict = classify({ kind: 'none', cause: 'Network', detail: NOT_CONNECTED });
  expect(verdict).toMatchObject({ kind: 'retry', mayTakeEffect: false });
});
