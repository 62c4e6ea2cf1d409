import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { metricNames } from '../../lambda/runtime/metric-names.ts';
import type { LocalSystem } from '../../local/system.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { templateOf } from '../infra/template.ts';

let system: LocalSystem;
const lines: string[] = [];
beforeAll(async () => {
  system = await startTestSystem({ onLine: (line) => lines.push(line) });
  system.standIn.images.add([guid(1), guid(2)]);
  system.standIn.intercept = ({ method, body }, response, proceed) => {
    if (method === 'PUT' && body.includes('shop-7')) response.writeHead(503).end();
    else proceed();
  };
  await system.queues.send([
    '{',
    JSON.stringify({ guid: guid(1), title: 'a' }),
    JSON.stringify({ guid: guid(2), title: 'b', account_key: 'shop-7' }),
  ]);
  system.start();
  await until(() => system.tally.returns === 1 && lines.some((line) => line.includes('"Records"')));
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

test('every verdict and reason is counted, and no guid or account is a dimension', () => {
  const blobs = lines.map((line) => Object(jsonOrUndefined(line))).filter(({ _aws }) => _aws);
  expect(blobs.find(({ Records }) => Records !== undefined)).toMatchObject({
    Records: 3,
    Acknowledged: 1,
    Returned: 1,
    DeadLettered: 1,
    Images: 1,
    Coalesced: 0,
    Superseded: 0,
    Unchanged: 0,
    Calls: 4,
    ListCalls: 2,
    LedgerReads: 2,
    LedgerWrites: 4,
    IsolationCalls: 2,
    BreakerOpenings: 0,
  });
  expect(blobs.filter(({ reason }) => reason !== undefined)).toEqual([
    expect.objectContaining({ reason: 'NotJson', service: 'local', DeadLettered: 1 }),
    expect.objectContaining({ reason: 'ServerError', Returned: 1 }),
  ]);
  expect(JSON.stringify(blobs)).not.toMatch(/00000000-|shop-7/);

  const emitted = new Set(blobs.flatMap((blob) => Object.keys(blob)));
  // Only while the secret can't be read, which is tried elsewhere (test/lambda/finerworks).
  emitted.add('KeysStale');
  // Of heartbeats, a trail that can't be written and outcomes that can't be told: tests of their own.
  for (const name of ['Heartbeats', 'TrailFailed', 'OutcomesLost']) emitted.add(name);
  expect(metricNames().filter((name) => !emitted.has(name))).toEqual([]);
});

test('the dashboard and the alarms look at nothing but what the function writes', () => {
  expect([...metricsLookedAt()].filter((name) => !metricNames().includes(name))).toEqual([]);
});

test('an applied change tells how late it is, a returned one how old', async () => {
  await until(() => lines.some((line) => line.includes('"ReturnedAge"')));
  const told = lines
    .map((line) => Object(jsonOrUndefined(line)))
    .find(({ ReturnedAge }) => ReturnedAge);
  expect(told).toMatchObject({
    Latency: expect.any(Number),
    ReturnedAge: expect.any(Number),
    // The deployment's own name, so that two of one account are told apart.
    service: 'local',
  });
  // The window gathers for a second; nothing here is older than the test's own timeout.
  expect(told.Latency).toBeGreaterThan(0);
  expect(told.Latency).toBeLessThan(60);
  expect(told.ReturnedAge).toBeLessThan(60);
});

/** Names of the function's own metrics on the dashboard and in alarms. */
function metricsLookedAt(): Set<string> {
  const template = JSON.stringify(templateOf().toJSON());
  const onDashboard = /\\"FinerWorksImageUpdates\\",\\"(\w+)\\"/g;
  const inAlarms = /"MetricName":"(\w+)","Namespace":"FinerWorksImageUpdates"/g;
  const searched = /MetricName=\\+"(\w+)/g;
  const names = [onDashboard, inAlarms, searched].flatMap((pattern) => {
    const found = [...template.matchAll(pattern)].map(([, name = '']) => name);
    expect(found).not.toEqual([]);
    return found;
  });
  return new Set(names);
}
