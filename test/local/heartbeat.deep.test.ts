import { expect, test } from '@jest/globals';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { NO_AGES, NO_ALARM } from '../../lambda/runtime/metric-names.ts';
import { startTestSystem, until, updatesOf } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

test('a heartbeat goes the whole way beside events, is answered, and changes nothing', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({ onLine: (line) => lines.push(line) });
  system.standIn.images.add([guid(1)]);
  await system.queues.send([
    JSON.stringify({ heartbeat: 'smoke' }),
    JSON.stringify({ guid: guid(1), title: 'a' }),
  ]);
  system.start();
  await until(() => countsIn(lines).length > 0 && updatesOf(system).length > 0);
  await until(async () => (await system.queues.depth()) === 0);

  expect(countsIn(lines)).toEqual([1]);
  // What alarms watch is there from the first invocation on.
  const [blob] = blobsIn(lines);
  expect(blob).toMatchObject({ ...NO_ALARM, ...NO_AGES, RefusedImages: 0, DeadLettered: 0 });
  const asked = system.standIn.requests.filter(({ method }) => method === 'POST');
  expect(asked.filter(({ body }) => body.includes('ffffffff-ffff-4fff'))).toHaveLength(1);
  expect(updatesOf(system)).toHaveLength(1);
  expect(await system.queues.deadLetters()).toEqual([]);
});

test('a heartbeat that FinerWorks does not answer is counted as such, and is gone', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({ onLine: (line) => lines.push(line) });
  system.standIn.intercept = (_request, response) => {
    response.writeHead(503).end();
  };
  await system.queues.send([JSON.stringify({ heartbeat: 'smoke' })]);
  system.start();
  await until(() => countsIn(lines).length > 0);
  await until(async () => (await system.queues.depth()) === 0);

  expect(countsIn(lines)).toEqual([0]);
  expect(lines.join()).toContain('"failure":"ServerError: ');
  expect(await system.queues.deadLetters()).toEqual([]);
});

/** What the function counted as answered, each time that there was a heartbeat. */
function countsIn(lines: readonly string[]): unknown[] {
  return blobsIn(lines).map(({ Heartbeats }) => Heartbeats);
}

function blobsIn(lines: readonly string[]) {
  return lines
    .map((line) => Object(jsonOrUndefined(line)))
    .filter(({ _aws, Heartbeats }) => _aws && Heartbeats !== undefined);
}
