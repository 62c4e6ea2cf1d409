import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashOf } from '../../../lambda/general/hash.ts';
import { run } from '../../../lambda/pipeline.ts';
import { newMemory } from '../../helpers/delivery.ts';
import { dependencies, INVOCATION } from '../../helpers/flow.ts';
import { imageLibrary, type LibraryHabits } from '../../helpers/image-library.ts';
import { startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid, sqsEvent, sqsRecord } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

let scenes = 0;

/** Invocations that verify all, on images that no other test has. */
function scene(habits: LibraryHabits = {}) {
  scenes += 1;
  const first = scenes * 1_000;
  const time = virtualTime();
  const library = imageLibrary(time, habits);
  const memory = newMemory(time);
  const calls: (readonly string[])[] = [];
  let invocations = 0;
  const deliver = async (
    bodies: readonly object[],
    { unchangedDays = 90, receiveCount = 1 } = {},
  ) => {
    invocations += 1;
    time.advance(60_000);
    const usual = dependencies();
    const records = bodies.map((body, n) =>
      sqsRecord({
        body: { guid: guid(first + n), ...body },
        sentTimestamp: time.now(),
        receiveCount,
      }),
    );
    const { outcomes } = await run(
      sqsEvent(...records),
      {
        ...usual,
        clock: time,
        memory,
        ledger: ledger.store,
        limits: { ...usual.limits, virtualInventory: 'protect', verify: 'all', unchangedDays },
        listImages: async (query) => library.lists(query),
        send: async (call) => {
          calls.push(call.updates.map(({ title }) => title ?? ''));
          time.advance(10);
          return library.answers(call);
        },
      },
      { ...INVOCATION, requestId: `request-${scenes}-${invocations}` },
    );
    return outcomes.map(({ verdict }) => verdict);
  };
  return { deliver, calls, read: (n = 0) => ledger.read(guid(first + n)), time };
}

describe('a text that FinerWorks rewrites', () => {
  test('is known by what was sent and by what is stored, and not sent again for that', async () => {
    const { deliver, calls, read } = scene({ store: (text) => text.slice(0, 10) });
    const title = 'A title that is cut';
    expect(await deliver([{ title }])).toMatchObject([{ kind: 'applied' }]);
    expect((await read())?.title?.settled).toMatchObject({
      hash: hashOf(title),
      storedHash: hashOf('A title th'),
    });
    // The ledger's own word has run out: the list decides.
    expect(await deliver([{ title }], { unchangedDays: 0 })).toMatchObject([{ kind: 'unchanged' }]);
    expect(calls).toHaveLength(1);
  });

  test('is sent where an event forces it, and counts as rewritten again', async () => {
    const { deliver, calls } = scene({ store: () => 'Untitled' });
    await deliver([{ title: 'A title' }]);
    expect(await deliver([{ title: 'A title', force: true }])).toMatchObject([
      { kind: 'applied', stored: { title: 'Untitled' } },
    ]);
    expect(calls).toHaveLength(2);
  });
});

describe('an image that is not taken', () => {
  test('stays undecided in the ledger, says so, and is free', async () => {
    const { deliver, read, time } = scene({ take: () => [] });
    expect(await deliver([{ title: 'A' }])).toMatchObject([{ kind: 'retry', reason: 'NotTaken' }]);
    const item = await read();
    expect(item?.title).toMatchObject({ unsettled: [{}], isKnown: false });
    expect(item?.title?.settled).toBeUndefined();
    expect(item?.leaseUntil).toBeUndefined();
    expect(item?.trouble).toMatchObject({ failing: { reason: 'NotTaken', failures: 1 } });
    expect(item?.trouble?.notTaken).toBeLessThanOrEqual(time.now());
  });

  test('is leased until it has been sent again', async () => {
    const { deliver, calls, read } = scene({ take: (updates) => updates.slice(0, 1) });
    const verdicts = await deliver([{ title: 'A' }, { title: 'B' }, { title: 'C' }]);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'applied']);
    expect(calls).toEqual([['A', 'B', 'C'], ['B'], ['C']]);
    const item = await read(2);
    expect(item?.title).toMatchObject({ settled: { hash: hashOf('C') }, isKnown: true });
    expect(item?.trouble).toBeUndefined();
  });
});

test('a list that is late shows an older value than the ledger knows, and that is not the end', async () => {
  const { deliver, calls } = scene({ lag: 90_000 });
  await deliver([{ title: 'A' }]);
  const verdicts = await deliver([{ title: 'B' }]);
  expect(verdicts.map(({ kind }) => kind)).not.toContain('rejected');
  expect(JSON.stringify(verdicts)).not.toContain('stored');
  expect(calls).toEqual([['A'], ['B']]);
});

test('a list that is later than an invocation shows what was sent before, and that is no rewriting', async () => {
  const { deliver, calls, read, time } = scene({ lag: 150_000 });
  expect(await deliver([{ title: 'A' }])).toMatchObject([{ reason: 'NotTaken' }]);
  expect(await deliver([{ title: 'B' }])).toMatchObject([{ reason: 'NotTaken' }]);
  expect((await read())?.title?.settled).toBeUndefined();
  time.advance(150_000);
  expect(await deliver([{ title: 'B' }])).toMatchObject([{ kind: 'applied' }]);
  expect((await read())?.title?.settled?.storedHash).toBeUndefined();
  expect(calls.flat()).toEqual(['A', 'B', 'B']);
});

test('what was sent and given up is shown by a late list, and is no rewriting of what came after it', async () => {
  const { deliver, read, time } = scene({ lag: 140_000 });
  const last = { receiveCount: 1_000 };
  expect(await deliver([{ title: 'A' }], last)).toMatchObject([{ reason: 'RetriesExhausted' }]);
  expect(await deliver([{ title: 'B' }])).toMatchObject([{ reason: 'NotTaken' }]);
  expect((await read())?.title?.settled).toBeUndefined();
  time.advance(150_000);
  expect(await deliver([{ title: 'B' }])).toMatchObject([{ kind: 'applied' }]);
  expect((await read())?.title?.settled?.storedHash).toBeUndefined();
});

test('a rewriting that is doubtful is believed after ten minutes', async () => {
  const { deliver, read, time } = scene({ lag: 150_000, store: (text) => `<${text}>` });
  await deliver([{ title: 'A' }]);
  // Lists show what FinerWorks made of A, and then what it made of B: nobody can tell the two apart.
  for (let times = 0; times < 3; times += 1) {
    expect(await deliver([{ title: 'B' }])).toMatchObject([{ reason: 'NotTaken' }]);
  }
  time.advance(600_000);
  expect(await deliver([{ title: 'B' }])).toMatchObject([{ kind: 'applied' }]);
  expect((await read())?.title?.settled?.storedHash).toBe(hashOf('<B>'));
});
