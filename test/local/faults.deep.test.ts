import { describe, expect, test } from '@jest/globals';
import { FAULT_NAMES, FAULTS, type FaultName } from '../../local/finerworks/faults.ts';
import { serve } from '../helpers/http-server.ts';
import { startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

const QUICK = {
  batchSize: 10,
  batchingWindowSeconds: 0.1,
  visibilityTimeoutSeconds: 5,
  functionSettings: { callTimeoutSeconds: 1 },
};

/** The same call is made again after these; after all others its two images are sent alone. */
const REPEATED: readonly FaultName[] = ['reset', 'lost-answer', 'throttle', 'throttle-silently'];
/** What runs into its timeout is not tried again in the same invocation. */
const HANGING: readonly FaultName[] = ['stall', 'byte-by-byte'];
const PASSING = FAULT_NAMES.filter((name) => !HANGING.includes(name));

/** A look at the inventory that is refused is no matter of the moment: the messages come back. */
const REFUSALS: readonly FaultName[] = ['success-false', 'model-state'];

describe('what goes wrong is made good within the invocation, and nobody is dead-lettered', () => {
  test.each([
    ['an update', 'PUT', PASSING],
    ['a preflight', 'POST', PASSING.filter((name) => !REFUSALS.includes(name))],
  ] as const)('%s, whatever the fault', async (_name, method, faults) => {
    await using system = await startTestSystem({ ...QUICK, visibilityTimeoutSeconds: 30 });
    system.standIn.images.acceptAll = true;
    system.start();
    for (const [n, name] of faults.entries()) {
      let requests = 0;
      system.standIn.intercept = (request, response, proceed) => {
        if (request.method !== method) return proceed();
        requests += 1;
        return requests === 1 ? FAULTS[name](request, response, proceed) : proceed();
      };
      const images = [1, 2].map((m) => ({ guid: guid(10 * n + m), title: name }));
      await system.queues.send([JSON.stringify({ images })]);
      await until(async () => (await system.queues.depth()) === 0);
      const expected = REPEATED.includes(name) ? 2 : 3;
      expect([name, requests]).toEqual([name, expected]);
      for (const image of images) {
        expect(system.standIn.images.get(image.guid)?.title).toBe(name);
      }
    }
    expect(await system.queues.deadLetters()).toEqual([]);
    expect(system.tally.returns).toBe(0);
  });
});

test('a redirect is not followed: the keys never reach the other host', async () => {
  let reached = 0;
  await using elsewhere = await serve((_request, response) => {
    reached += 1;
    response.end('{}');
  });
  await using system = await startTestSystem(QUICK);
  let requests = 0;
  system.standIn.intercept = (_request, response) => {
    requests += 1;
    response.writeHead(307, { location: elsewhere.url }).end();
  };
  await system.queues.send([JSON.stringify({ guid: guid(1), title: 'a' })]);
  system.start();
  await until(() => system.tally.returns > 0);
  expect(requests).toBe(3);
  expect(reached).toBe(0);
});

test('a function that dies between the call and its answer to SQS loses nothing', async () => {
  // Without the ledger, whose lease would have to lapse first: a matter of virtual time elsewhere.
  const functionSettings = { ...QUICK.functionSettings, ledgerTable: undefined };
  await using system = await startTestSystem({ ...QUICK, functionSettings });
  system.standIn.images.acceptAll = true;
  let requests = 0;
  system.standIn.intercept = async (request, _response, proceed) => {
    if (request.method !== 'PUT') return proceed();
    requests += 1;
    proceed();
    if (requests === 1) await Promise.all(system.sandboxes.map((sandbox) => sandbox.kill()));
  };
  await system.queues.send([JSON.stringify({ guid: guid(1), title: 'a' })]);
  system.start();
  await until(async () => (await system.queues.depth()) === 0);
  expect(requests).toBe(2);
  expect(system.tally.returns).toBeGreaterThanOrEqual(1);
  expect(system.standIn.images.get(guid(1))?.title).toBe('a');
});

test('a long outage returns every record, hidden for its own time, and dead-letters none', async () => {
  await using system = await startTestSystem(QUICK);
  system.standIn.intercept = (_request, response) => {
    response.writeHead(503).end();
  };
  await system.queues.send([1, 2, 3].map((n) => JSON.stringify({ guid: guid(n), title: 'a' })));
  system.start();
  await until(() => system.tally.returns === 3);
  // Longer than the queue's own 5 s: the function has set 15 to 30 s.
  await new Promise((done) => setTimeout(done, 6_000));
  expect(system.tally.returns).toBe(3);
  expect(await system.queues.deadLetters()).toEqual([]);
});
