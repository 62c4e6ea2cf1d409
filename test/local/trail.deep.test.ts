import { describe, expect, test } from '@jest/globals';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { cliJson } from '../helpers/cli.ts';
import { process as deliver, startTestSystem, until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { trailOf } from '../helpers/trail.ts';

/** `X` of `{"TrailFailed": X}` in the lines of metrics, where there is any. */
function failuresIn(lines: readonly string[]): unknown[] {
  return lines.flatMap((line) => Object(jsonOrUndefined(line)).TrailFailed ?? []);
}

test('an event that came back has an entry of each time', async () => {
  let isDown = true;
  await using system = await startTestSystem({
    onLine: (line) => {
      if (line.includes('Records returned to the queue')) isDown = false;
    },
  });
  system.standIn.images.add([guid(1)]);
  system.standIn.intercept = (_request, response, proceed) => {
    if (isDown) response.writeHead(503).end();
    else return proceed();
  };
  await deliver(system, [{ guid: guid(1), title: 'A', id: 'event-1' }]);
  expect(await trailOf(system)).toMatchObject([
    { id: 'event-1', verdict: 'returned', receives: 1 },
    { id: 'event-1', verdict: 'applied' },
  ]);
});

test('a redriven event is linked to what it came from', async () => {
  await using system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
  system.standIn.images.add([guid(2)]);
  const unknown = { guid: guid(1), title: 'A', id: 'event-1' };
  const [first] = await deliver(system, [unknown, { guid: guid(2), title: 'B' }]);
  system.standIn.images.add([guid(1)]);
  expect((await cliJson(['dlq', 'redrive', '--reason', 'Refused'])).code).toBe(0);
  const entries = async () =>
    (await trailOf(system)).filter(({ guids }) => guids.includes(guid(1)));
  await until(async () => (await entries()).length === 2);
  const [dead, applied] = await entries();
  expect(dead).toMatchObject({ verdict: 'dead-lettered', messageId: first });
  expect(dead?.origin).toBeUndefined();
  expect(applied).toMatchObject({ id: 'event-1', verdict: 'applied' });
  expect(applied?.origin).toEqual({ messageId: first, sentAt: dead?.sentAt, redrives: 1 });
});

test('one write holds a full batch, with every image of its events', async () => {
  const lines: string[] = [];
  await using system = await startTestSystem({
    // However slow the machine is, no message comes back meanwhile.
    visibilityTimeoutSeconds: 300,
    onLine: (line) => lines.push(line),
  });
  const guids = Array.from({ length: 1_100 }, (_, n) => guid(n));
  system.standIn.images.add(guids);
  const large = { images: guids.slice(499).map((one) => ({ guid: one, title: 'A' })), id: 'large' };
  const small = guids.slice(0, 499).map((one) => ({ guid: one, title: 'A', id: `event-${one}` }));
  await deliver(system, [large, ...small]);
  const entries = await trailOf(system);
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(
    lines.filter((line) => line.includes('"Batch processed"')).length,
  );
  // On a slow machine some have no time left, and are applied when they come back.
  const applied = entries.filter(({ verdict }) => verdict === 'applied');
  expect(applied).toHaveLength(500);
  expect(applied.flatMap(({ guids: ofEntry }) => ofEntry).toSorted()).toEqual(guids);
  expect(applied.find(({ id }) => id === 'large')?.images).toBe(601);
  expect(failuresIn(lines)).toEqual([]);
});

describe('verdicts are the same', () => {
  const events = [
    { guid: guid(1), title: 'A', id: 'event-1' },
    { guid: guid(9), title: 'A', id: 'event-9' },
  ];

  test('where the table fails, which is counted', async () => {
    const lines: string[] = [];
    await using system = await startTestSystem({
      functionSettings: { trailTable: 'no-such-table' },
      onLine: (line) => lines.push(line),
    });
    system.standIn.images.add([guid(1)]);
    await deliver(system, events);
    expect(await system.queues.deadLetters()).toHaveLength(1);
    expect(system.standIn.images.get(guid(1))?.title).toBe('A');
    await until(() => failuresIn(lines).length > 0);
    expect(failuresIn(lines)).toEqual([1]);
    expect(lines.join()).toContain('ResourceNotFoundException');
  });

  test('without a ledger, beside which the trail is kept', async () => {
    await using system = await startTestSystem({ functionSettings: { ledgerTable: undefined } });
    system.standIn.images.add([guid(1)]);
    await deliver(system, events);
    const verdicts = (await trailOf(system)).map(({ verdict }) => verdict);
    expect(verdicts.toSorted()).toEqual(['applied', 'dead-lettered']);
  });

  test('without a trail, where nothing is written', async () => {
    const lines: string[] = [];
    await using system = await startTestSystem({
      functionSettings: { trailTable: undefined },
      onLine: (line) => lines.push(line),
    });
    system.standIn.images.add([guid(1)]);
    await deliver(system, events);
    expect(await system.queues.deadLetters()).toHaveLength(1);
    expect(system.functionEnvironment.TRAIL_TABLE).toBeUndefined();
    expect(failuresIn(lines)).toEqual([]);
    const table = 'image-updates-trail';
    const there = { ...system, functionEnvironment: { TRAIL_TABLE: table } };
    expect(await trailOf(there)).toEqual([]);
  });
});
