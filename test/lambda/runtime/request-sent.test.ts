import { createServer, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { nextRequestSent } from '../../../lambda/runtime/request-sent.ts';
import { listen } from '../../../local/http-server.ts';

test('a request counts as sent when it has left, and not before, and before it is answered', async () => {
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  const server = await listen(
    createServer(async (_request, response) => {
      await mayAnswer;
      response.end();
    }),
  );
  try {
    const happened: string[] = [];
    const sent = nextRequestSent().then(() => happened.push('sent'));
    await sleep(20);
    expect(happened).toEqual([]);
    const answered = new Promise((resolve) => {
      get(server.url, (response) => resolve(happened.push('answered') && response.resume()));
    });
    await sent;
    answer();
    await answered;
    expect(happened).toEqual(['sent', 'answered']);
  } finally {
    await server.close();
  }
});
