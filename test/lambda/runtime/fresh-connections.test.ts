import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from '../../../lambda/finerworks/client.ts';
import { closeIdleFinerworksConnections } from '../../../lambda/finerworks/connections.ts';
import type { Clock } from '../../../lambda/general/clock.ts';
import { connectQueues } from '../../../lambda/queue/sqs.ts';
import { closeIdleAwsConnections } from '../../../lambda/runtime/aws-client-settings.ts';
import { connectStores } from '../../../lambda/runtime/connect-stores.ts';
import { freshConnections } from '../../../lambda/runtime/fresh-connections.ts';
import { secretReader, secretsReader } from '../../../lambda/runtime/secret.ts';
import { LOCAL_CREDENTIALS } from '../../../local/aws/queues.ts';
import type { HttpServer } from '../../../local/http-server.ts';
import { bodyOf, serve } from '../../helpers/http-server.ts';
import { type MuteProxy, startMuteProxy } from '../../helpers/mute-proxy.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const KEYS = { web_api_key: 'web', app_key: 'app' };

/** As many as an invocation uses at once, and far more than one request has attempts. */
const AT_ONCE = 10;

let server: HttpServer & AsyncDisposable;
let proxy: MuteProxy;
let answering: Promise<void>;
const environment = { ...process.env };
beforeAll(async () => {
  server = await serve(async (request, response) => {
    await bodyOf(request);
    await answering;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(answerTo(request));
  });
});
beforeEach(async () => {
  answering = Promise.resolve();
  proxy = await startMuteProxy(server.url);
  Object.assign(process.env, LOCAL_CREDENTIALS, { AWS_ENDPOINT_URL: proxy.url });
});
afterEach(async () => {
  closeIdleAwsConnections();
  closeIdleFinerworksConnections();
  await proxy[Symbol.asyncDispose]();
});
afterAll(async () => {
  process.env = environment;
  await server[Symbol.asyncDispose]();
});

function answerTo({ headers }: IncomingMessage): string {
  const target = String(headers['x-amz-target']);
  return target.startsWith('secretsmanager') ? '{"SecretString":"{}"}' : '{}';
}

/** The clients of the function, made as the function makes them. */
const CLIENTS: readonly [string, () => () => Promise<unknown>][] = [
  [
    'DynamoDB',
    () => {
      const { evidence } = connectStores({ ledgerTable: 'table' });
      return () => evidence.loadCallSize();
    },
  ],
  [
    'SQS',
    () => {
      const { deleteMessages } = connectQueues({
        queueUrl: proxy.url,
        deadLetterQueueUrl: proxy.url,
      });
      return () => deleteMessages([{ Id: 'a', ReceiptHandle: 'b' }]);
    },
  ],
  ['Secrets Manager, for the secret of the keys', () => secretReader('secret')],
  [
    'Secrets Manager, for secrets of accounts',
    () => {
      const read = secretsReader();
      return () => read('secret');
    },
  ],
  [
    'FinerWorks',
    () => {
      const { listImages } = createClient({ apiUrl: proxy.url, callTimeoutSeconds: 3 });
      const query = { account: null, guids: ['guid'], sessionId: 'session-id' };
      return async () => {
        const answer = await listImages(query, KEYS);
        if (answer.kind === 'none') throw new Error(answer.detail);
        return answer;
      };
    },
  ],
];

/** A function that makes some requests in each invocation. */
function functionOf(ask: () => Promise<unknown>, clock: Clock) {
  const { before, after } = freshConnections(clock.now);
  return async (requests = AT_ONCE) => {
    before();
    const answers = await Promise.all(Array.from({ length: requests }, ask));
    after();
    return answers;
  };
}

describe.each(CLIENTS)('connections to %s', (_name, makeClient) => {
  test('are made anew where nothing used them for 20 s: they may be dead', async () => {
    const clock = virtualTime();
    const invoke = functionOf(makeClient(), clock);
    await invoke();
    for (let frozen = 0; frozen < 2; frozen += 1) {
      proxy.mute();
      clock.advance(20_000);
      // Of each dead connection, one attempt of this request would die.
      expect(await invoke(1)).toHaveLength(1);
      await invoke();
    }
  });

  test('are kept otherwise', async () => {
    const clock = virtualTime();
    const invoke = functionOf(makeClient(), clock);
    await invoke();
    const made = proxy.connections();
    clock.advance(19_999);
    await invoke();
    expect(proxy.connections()).toBe(made);
  });
});

test('the secret that was asked for before the first invocation is waited for, however late that is', async () => {
  const clock = virtualTime();
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  answering = promise;
  const prefetched = secretReader('secret')();
  const invoke = functionOf(() => prefetched, clock);
  while (proxy.connections() === 0) await new Promise(setImmediate);
  clock.advance(60_000);
  const invoked = invoke();
  answer();
  expect(await invoked).toEqual(Array.from({ length: AT_ONCE }, () => ({})));
  expect(proxy.connections()).toBe(1);
});
