import { expect, test } from '@jest/globals';
import type { Interception } from '../../local/finerworks/stand-in.ts';
import { LOCAL_KEYS } from '../../local/system.ts';
import { BAD_INPUTS } from '../helpers/bad-inputs.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

/** Every kind of failure, one after another, each repeating the keys wherever it can. */
const FAILURES: readonly Interception[] = [
  ({ headers }, response) => {
    response.writeHead(400).end(`no: ${headers.web_api_key} ${headers.app_key}`);
  },
  ({ headers }, response) => {
    response
      .writeHead(200)
      .end(JSON.stringify({ status: { success: false, message: `refused ${headers.app_key}` } }));
  },
  ({ headers }, response) => {
    response.writeHead(500).end(`<html>${headers.web_api_key}</html>`);
  },
  ({ headers }, response) => {
    response.writeHead(429, { 'retry-after': '0' }).end(String(headers.app_key));
  },
  (_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
  },
  (_request, response) => {
    response.socket?.resetAndDestroy();
  },
  ({ headers }, response) => {
    response.writeHead(401).end(`unknown key ${headers.web_api_key}`);
  },
  (_request, _response, proceed) => proceed(),
];

test('no key is in any log, error or dead letter, whatever fails and wherever it is repeated', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({
    batchSize: 10,
    onLine: (line) => lines.push(line),
    functionSettings: { callTimeoutSeconds: 2 },
  });
  system.standIn.images.add([guid(1)]);
  let requests = 0;
  system.standIn.intercept = (...parts) => {
    requests += 1;
    return FAILURES[requests % FAILURES.length]?.(...parts);
  };
  const bodies = BAD_INPUTS.slice(0, 6).map(({ body }) => body);
  const events = Array.from({ length: 60 }, (_, n) =>
    JSON.stringify({ guid: guid(n), title: 'a' }),
  );
  await system.queues.send([...bodies, ...events]);
  system.start();
  await until(() => requests > 3 * FAILURES.length);
  await until(async () => (await system.queues.deadLetters()).length >= bodies.length);
  system.secrets.put('finerworks/keys', `{"web_api_key": "${LOCAL_KEYS.web_api_key}"}`);
  await Promise.all(system.sandboxes.map((sandbox) => sandbox.kill()));
  await system.queues.send(events.slice(0, 20));
  await until(() => lines.some((line) => line.includes('app_key is missing')));

  const dead = await system.queues.deadLetters();
  const everything = `${lines.join('\n')}\n${JSON.stringify(dead)}\n${system.tally.lastReturn}`;
  expect(everything).toContain('███');
  for (const key of Object.values(LOCAL_KEYS)) expect(everything).not.toContain(key);
});
