import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { createClient } from '../../../lambda/finerworks/client.ts';
import { update } from '../../helpers/delivery.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';

const KEYS = { web_api_key: 'web-key-123456', app_key: 'app+key/123456' };
const EXAMPLE = {
  account: null,
  updates: [
    {
      ...update(1),
      guid: 'eaedbfbc-aee8-408f-9a80-43bda4e94de7',
      title: 'My Cool Image',
      description: 'This is a very cool image.',
    },
  ],
};

const send = (apiUrl: string, callTimeoutSeconds = 5) =>
  createClient({ apiUrl, callTimeoutSeconds }).send(EXAMPLE, KEYS);

describe('a call', () => {
  test('of the API page’s example is that PUT: path, headers and body', async () => {
    const seen: { request: IncomingMessage; body: string }[] = [];
    await using server = await serve(async (request, response) => {
      seen.push({ request, body: await bodyOf(request) });
      response.end('{}');
    });
    await send(server.url);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.request).toMatchObject({
      method: 'PUT',
      url: '/v3/update_images',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        web_api_key: KEYS.web_api_key,
        app_key: KEYS.app_key,
      },
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      images: [
        {
          guid: 'eaedbfbc-aee8-408f-9a80-43bda4e94de7',
          title: 'My Cool Image',
          description: 'This is a very cool image.',
        },
      ],
      account_key: null,
    });
  });

  test('answers with status, Retry-After and text', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(429, { 'retry-after': '7' }).end('slow down');
    });
    expect(await send(server.url)).toEqual({
      kind: 'answer',
      status: 429,
      retryAfter: '7',
      text: 'slow down',
      truncated: false,
    });
  });

  test.each(['gzip', 'GZIP', 'x-gzip'])(
    'asks for gzip and reads what comes as %s',
    async (name) => {
      const asked = new Set<unknown>();
      await using server = await serve(({ headers }, response) => {
        asked.add(headers['accept-encoding']);
        response.setHeader('content-encoding', name).end(gzipSync('{"status":{"success":true}}'));
      });
      expect(await send(server.url)).toMatchObject({ text: '{"status":{"success":true}}' });
      expect([...asked]).toEqual(['gzip']);
    },
  );

  test('keeps its connection for the next ones', async () => {
    const sockets = new Set<Socket>();
    await using server = await serve((request, response) => {
      sockets.add(request.socket);
      response.end('{}');
    });
    for (let n = 0; n < 10; n += 1) await send(server.url);
    expect(sockets.size).toBe(1);
  });
});

describe('what goes wrong on the way', () => {
  test('a server that never answers is a timeout', async () => {
    await using server = await serve(() => {});
    expect(await send(server.url, 0.2)).toEqual({
      kind: 'none',
      cause: 'Timeout',
      detail: 'no answer within 0.2 s',
    });
  });

  test('a call or a list is given up before that where it says so', async () => {
    await using server = await serve(() => {});
    const { send, listImages } = createClient({ apiUrl: server.url, callTimeoutSeconds: 60 });
    const query = { account: null, guids: [], sessionId: 'session-1' };
    for (const given of [send(EXAMPLE, KEYS, 0.2), listImages(query, KEYS, 0.2)]) {
      expect(await given).toMatchObject({ cause: 'Timeout', detail: 'no answer within 0.2 s' });
    }
  });

  test('an answer that comes byte by byte is a timeout too', async () => {
    await using server = await serve(async (_request, response) => {
      response.writeHead(200);
      while (!response.destroyed) {
        response.write(' ');
        await sleep(20);
      }
    });
    expect(await send(server.url, 0.3)).toMatchObject({ kind: 'none', cause: 'Timeout' });
  });

  test('an answer that nothing ends is a timeout, however complete it looks', async () => {
    await using server = await serve(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n{"status":{"success":true}}');
    });
    expect(await send(server.url, 0.3)).toMatchObject({ kind: 'none', cause: 'Timeout' });
  });

  test('an answer in another protocol is a network failure, and not waited for', async () => {
    await using server = await serve(({ socket }) => {
      socket.write('HTTP/1.1 101 -\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n');
    });
    expect(await send(server.url)).toMatchObject({ kind: 'none', cause: 'Network' });
  });

  test('a connection that is reset is a network failure with its code', async () => {
    await using server = await serve((request) => request.socket.resetAndDestroy());
    expect(await send(server.url)).toEqual({
      kind: 'none',
      cause: 'Network',
      detail: 'ECONNRESET',
    });
  });

  test('an answer that breaks off is a network failure', async () => {
    await using server = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"status":');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await send(server.url)).toMatchObject({ kind: 'none', cause: 'Network' });
  });

  test('gzip that breaks off, or is none, is a network failure', async () => {
    for (const body of [gzipSync('{"status":{}}').subarray(0, 20), Buffer.from('{"status":{}}')]) {
      await using server = await serve((_request, response) => {
        response.setHeader('content-encoding', 'gzip').end(body);
      });
      expect(await send(server.url)).toMatchObject({ kind: 'none', cause: 'Network' });
    }
  });

  test('an answer without a body keeps its status, also where it says that it is gzip', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(429, { 'content-encoding': 'gzip', 'retry-after': '7' }).end();
    });
    expect(await send(server.url)).toMatchObject({ status: 429, retryAfter: '7', text: '' });
  });

  test('an address may be in capitals', async () => {
    const server = await serve(() => {});
    await server.close();
    const url = server.url.replace('http:', 'HTTPS:');
    expect(await send(url)).toMatchObject({ detail: 'ECONNREFUSED' });
  });

  test('nobody listening is a network failure', async () => {
    const server = await serve(() => {});
    await server.close();
    expect(await send(server.url)).toEqual({
      kind: 'none',
      cause: 'Network',
      detail: 'ECONNREFUSED',
    });
  });

  test('an endless answer is read up to the cap and no further', async () => {
    let written = 0;
    await using server = await serve(async (_request, response) => {
      const mebibyte = 'x'.repeat(1_048_576);
      while (!response.destroyed && written < 1_000) {
        written += 1;
        if (!response.write(mebibyte))
          await new Promise((done) => response.once('drain', done).once('close', done));
      }
    });
    const answer = await send(server.url, 20);
    expect(answer).toMatchObject({ kind: 'answer', truncated: true });
    expect(answer.kind === 'answer' && answer.text.length).toBeLessThanOrEqual(1_048_576);
    expect(written).toBeLessThan(100);
  });
});

describe('the keys', () => {
  test('never reach the host that a redirect names', async () => {
    let reached = 0;
    await using elsewhere = await serve((_request, response) => {
      reached += 1;
      response.end('{}');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      await using server = await serve((_request, response) => {
        response.writeHead(status, { location: `${elsewhere.url}/v3/update_images` }).end();
      });
      expect(await send(server.url)).toMatchObject({ kind: 'answer', status });
    }
    expect(reached).toBe(0);
  });

  test('are blotted out where an answer repeats them, however they are written', async () => {
    await using server = await serve((request, response) => {
      const { web_api_key, app_key } = request.headers;
      response.end(
        `${web_api_key} ${app_key} ${encodeURIComponent(String(app_key))} ${JSON.stringify(app_key)}`,
      );
    });
    const answer = await send(server.url);
    expect(answer).toMatchObject({ text: '███ ███ ███ "███"' });
  });
});
