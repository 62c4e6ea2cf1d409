import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LedgerAccess } from '../../../lambda/ledger/access.ts';
import type { LedgerItem } from '../../../lambda/ledger/item.ts';
import { errorNamed, failing, startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startTestLedger();
});
afterAll(async () => ledger[Symbol.asyncDispose]());

const NEW = { token: undefined };
const unavailable = (why: string) => ({
  kind: 'retry',
  reason: 'LedgerUnavailable',
  detail: `the ledger failed: ${why}`,
});

let images = 0;
const newItem = (): LedgerItem => {
  images += 1;
  return { guid: guid(images), token: 'a', expiresAt: 1 };
};

/** Access to a table of which requests fail, and how many requests were made. */
function access(failureOf: (request: 'load' | 'put', nth: number) => Error | undefined) {
  let requests = 0;
  const clock = virtualTime();
  const store = failing(ledger.store, (request, nth) => {
    requests += 1;
    return failureOf(request, nth);
  });
  return { access: new LedgerAccess(store, clock, () => 1), requests: () => requests, clock };
}

const down = () => errorNamed('InternalServerError');
const throttled = () => errorNamed('ProvisionedThroughputExceededException');

describe('a single failure', () => {
  test('of a write concerns its own image alone', async () => {
    const table = access((_request, nth) => (nth === 2 ? down() : undefined));
    const results: unknown[] = [];
    for (let n = 0; n < 3; n += 1) results.push(await table.access.put('intake', newItem(), NEW));
    expect(results).toEqual([undefined, unavailable('InternalServerError'), undefined]);
    expect(table.access.figures).toEqual({ ledgerReads: 0, ledgerWrites: 3 });
  });

  test('of a read concerns the images alone that were read with it', async () => {
    const table = access((_request, nth) => (nth === 1 ? down() : undefined));
    const guids = Array.from({ length: 101 }, (_, n) => guid(900_000 + n));
    const found = [...(await table.access.load(guids))];
    expect(found).toEqual(
      guids.map((id, n) => [id, n < 100 ? unavailable('InternalServerError') : undefined]),
    );
    expect(table.access.figures).toEqual({ ledgerReads: 101, ledgerWrites: 0 });
  });
});

describe('a throttled write', () => {
  test('is tried five times in all, after growing pauses', async () => {
    const table = access((_request, nth) => (nth < 5 ? throttled() : undefined));
    expect(await table.access.put('intake', newItem(), NEW)).toBeUndefined();
    expect(table.clock.slept).toEqual([50, 100, 200, 400]);
  });

  test('comes back where that goes on, and the next one is tried all the same', async () => {
    const table = access((_request, nth) => (nth <= 5 ? throttled() : undefined));
    const item = newItem();
    expect(await table.access.put('intake', item, NEW)).toEqual(
      unavailable('ProvisionedThroughputExceededException'),
    );
    expect(await table.access.put('intake', newItem(), NEW)).toBeUndefined();
    expect(await ledger.read(item.guid)).toBeUndefined();
  });

  test.each(['RequestLimitExceeded', 'ThrottlingException', 'LedgerThrottled'])(
    'is known by every name that throttling has: %s',
    async (name) => {
      const table = access((_request, nth) => (nth < 5 ? errorNamed(name) : undefined));
      expect(await table.access.put('intake', newItem(), NEW)).toBeUndefined();
    },
  );

  test('is the only one that is repeated', async () => {
    const table = access(down);
    await table.access.put('intake', newItem(), NEW);
    expect(table.requests()).toBe(1);
    expect(table.clock.slept).toEqual([]);
  });
});

describe('a table that is down', () => {
  test('is known by five failures in a row, and then asked no more', async () => {
    const table = access(down);
    for (let n = 0; n < 8; n += 1) await table.access.put('intake', newItem(), NEW);
    expect(table.requests()).toBe(5);
    expect(await table.access.put('intake', newItem(), NEW)).toEqual(
      unavailable('InternalServerError'),
    );
  });

  test('is not known by failures that successes come between', async () => {
    const table = access((_request, nth) => (nth % 5 === 0 ? undefined : down()));
    for (let n = 0; n < 15; n += 1) await table.access.put('intake', newItem(), NEW);
    expect(table.requests()).toBe(15);
  });

  test('is known by one request that ran out of time, which others may too', async () => {
    const table = access(() => errorNamed('TimeoutError'));
    for (let n = 0; n < 3; n += 1) await table.access.put('intake', newItem(), NEW);
    expect(await table.access.load([guid(1)])).toEqual(
      new Map([[guid(1), unavailable('TimeoutError')]]),
    );
    expect(table.requests()).toBe(1);
  });

  test('for intake is still asked to settle what was sent', async () => {
    const table = access((_request, nth) => (nth === 1 ? errorNamed('TimeoutError') : undefined));
    await table.access.put('intake', newItem(), NEW);
    expect(await table.access.put('settling', newItem(), NEW)).toBeUndefined();
    expect(await table.access.put('intake', newItem(), NEW)).toEqual(unavailable('TimeoutError'));
  });

  test('for settling takes nothing in either', async () => {
    const table = access(() => errorNamed('TimeoutError'));
    await table.access.put('settling', newItem(), NEW);
    await table.access.load([guid(1)]);
    await table.access.put('intake', newItem(), NEW);
    expect(table.requests()).toBe(1);
  });
});

test('a write whose condition is refused is no failure: another invocation has the image', async () => {
  const table = access(() => undefined);
  const item = newItem();
  await table.access.put('intake', item, NEW);
  const second = { ...item, token: 'b' };
  expect(await table.access.put('intake', second, NEW)).toEqual({
    kind: 'retry',
    reason: 'Busy',
    detail: 'another invocation is changing the image',
    retryWithinSeconds: 30,
  });
});
