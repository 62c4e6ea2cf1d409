import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ImageTroubles } from '../../../lambda/evidence/image-troubles.ts';
import type { Change } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import type { Ledger } from '../../../lambda/ledger/ledger.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { change } from '../../helpers/delivery.ts';
import {
  errorNamed,
  failing,
  openInvocation,
  startTestLedger,
  type TestLedger,
} from '../../helpers/ledger.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const DAY = 86_400;

let table: TestLedger;
beforeAll(async () => {
  table = await startTestLedger();
});
afterAll(async () => table[Symbol.asyncDispose]());

let images = 0;
const newImage = () => {
  images += 1;
  return images;
};
const order = (second: number) => ({
  time: `2026-11-23T10:00:0${second}.000000000Z`,
  sentAt: 0,
  id: `e${second}`,
});
const titled = (n: number, second = 1) => change(n, { title: 'A', order: order(second) });

/** Looks images up and takes their leases. */
async function take(ledger: Ledger, ...changes: Change[]) {
  const registry = new VerdictRegistry();
  const admitted = await ledger.acquireLeases(
    coalesce(await ledger.filterStale(changes, registry)),
    registry,
  );
  const commit = async () => {
    for (const update of admitted) registry.record(update, { kind: 'applied' });
    const sent = new Set(admitted.map((update) => update.guid));
    await ledger.commit(sent, registry, { sent, doubtful: new Set() });
  };
  return { admitted, registry, commit };
}
const unavailable = { kind: 'retry', reason: 'LedgerUnavailable' };

describe('a lease', () => {
  test('is not taken of an image that has all that is wanted', async () => {
    const n = newImage();
    await (await take(openInvocation(table.store), titled(n))).commit();
    const ledger = openInvocation(table.store);
    const { admitted, registry } = await take(ledger, titled(n, 2));
    expect({ admitted, held: ledger.held() }).toEqual({ admitted: [], held: [] });
    expect(await table.read(guid(n))).not.toHaveProperty('leaseUntil');
    await ledger.commit([guid(n)], registry, { sent: new Set(), doubtful: new Set() });
    expect((await table.read(guid(n)))?.title?.settled?.order).toEqual(order(2));
  });

  test('still holds in its last millisecond', async () => {
    const n = newImage();
    const clock = virtualTime();
    await take(openInvocation(table.store, { clock }), titled(n));
    const leaseUntil = (await table.read(guid(n)))?.leaseUntil ?? 0;
    clock.advance(leaseUntil - clock.now());
    const lone = titled(n);
    const last = await take(openInvocation(table.store, { clock }), lone);
    expect(last.registry.of(lone)).toMatchObject([{ reason: 'Busy', retryWithinSeconds: 1 }]);
    clock.advance(1);
    const next = await take(openInvocation(table.store, { clock }), titled(n));
    expect(next.admitted).toHaveLength(1);
  });
});

test.each([
  ['for as long as a dead letter may come back', 1, 28],
  ['for as long as its values count, and a week', 90, 97],
])('an item is kept %s', async (_name, unchangedDays, days) => {
  const n = newImage();
  const clock = virtualTime();
  await take(openInvocation(table.store, { clock, unchangedDays }), titled(n));
  const expiresAt = Math.ceil(clock.now() / 1_000) + days * DAY;
  expect(await table.read(guid(n))).toMatchObject({ expiresAt });
});

describe('of a table that fails', () => {
  test('nothing is learned: what the sandbox knows of an image stays', async () => {
    const n = newImage();
    const troubles = new ImageTroubles();
    const trouble = { refused: { since: 1, hash: 'of the values' } };
    troubles.set(guid(n), trouble);
    const store = failing(table.store, () => errorNamed('InternalServerError'));
    const ledger = openInvocation(store, { troubles });
    const registry = new VerdictRegistry();
    const lone = titled(n);
    expect(await ledger.filterStale([lone], registry)).toEqual([]);
    expect(registry.of(lone)).toMatchObject([unavailable]);
    expect(troubles.of(guid(n))).toBe(trouble);
  });

  test('no more is asked for what is not yet sent, and what was sent is settled', async () => {
    const [first, second, third] = [newImage(), newImage(), newImage()];
    let requests = 0;
    const store = failing(table.store, (request, nth) => {
      requests += 1;
      return request === 'put' && nth === 2 ? errorNamed('TimeoutError') : undefined;
    });
    const ledger = openInvocation(store);
    const { commit } = await take(ledger, titled(first));
    await take(ledger, titled(second));
    const before = requests;
    const lone = titled(third);
    const { registry } = await take(ledger, lone);
    expect(registry.of(lone)).toMatchObject([unavailable]);
    expect(requests).toBe(before);
    await commit();
    expect((await table.read(guid(first)))?.title).toMatchObject({ isKnown: true });
  });

  test('nothing more is taken in where what was sent can not be settled', async () => {
    const [first, second] = [newImage(), newImage()];
    let requests = 0;
    const store = failing(table.store, (request, nth) => {
      requests += 1;
      return request === 'put' && nth === 2 ? errorNamed('TimeoutError') : undefined;
    });
    const ledger = openInvocation(store);
    await (await take(ledger, titled(first))).commit();
    const before = requests;
    await take(ledger, titled(second));
    expect(requests).toBe(before);
  });
});

describe('a change that is given up', () => {
  const unsettled = async (n: number) =>
    (await table.read(guid(n)))?.title?.unsettled.map((known) => known.order);

  test('is forgotten, and its image’s lease of this invocation stays', async () => {
    const n = newImage();
    const ledger = openInvocation(table.store);
    const { admitted } = await take(ledger, titled(n));
    expect(await unsettled(n)).toEqual([order(1)]);
    await ledger.abandon(admitted.flatMap(({ changes }) => changes));
    expect(await unsettled(n)).toEqual([]);
    expect(await table.read(guid(n))).toHaveProperty('leaseUntil');
  });

  test('is not forgotten while another invocation holds the lease, but afterwards', async () => {
    const n = newImage();
    const clock = virtualTime();
    await take(openInvocation(table.store, { clock }), titled(n));
    const abandon = async () => {
      const ledger = openInvocation(table.store, { clock });
      await ledger.filterStale([titled(n)], new VerdictRegistry());
      await ledger.abandon([titled(n)]);
    };
    await abandon();
    expect(await unsettled(n)).toEqual([order(1)]);
    clock.advance(DAY * 1_000);
    await abandon();
    expect(await unsettled(n)).toEqual([]);
    expect(await table.read(guid(n))).not.toHaveProperty('leaseUntil');
  });

  test('that the ledger never heard of costs no request', async () => {
    const n = newImage();
    const ledger = openInvocation(table.store);
    await (await take(ledger, titled(n))).commit();
    const before = { ...ledger.figures };
    await ledger.abandon([titled(n, 2), titled(newImage())]);
    expect(ledger.figures).toEqual(before);
  });
});
