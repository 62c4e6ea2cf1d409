import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashOf } from '../../../lambda/general/hash.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { WITHOUT_LEDGER } from '../../../lambda/ledger/ledger.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { change } from '../../helpers/delivery.ts';
import { openInvocation, startTestLedger, type TestLedger } from '../../helpers/ledger.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await startTestLedger();
});
afterAll(async () => table[Symbol.asyncDispose]());

const clock = virtualTime();
const order = (second: number) => ({
  time: `2026-11-23T10:00:0${second}.000000000Z`,
  sentAt: 0,
  id: `e${second}`,
});

test('without a table nothing is kept', () => {
  expect(openInvocation(undefined)).toBe(WITHOUT_LEDGER);
  expect(WITHOUT_LEDGER.isKept).toBe(false);
});

test('with a table every item is counted that is read or written', async () => {
  const ledger = openInvocation(table.store, { clock });
  expect(ledger.isKept).toBe(true);
  const changes = [1, 2, 3].map((n) => change(n, { order: order(1) }));
  const registry = new VerdictRegistry();
  await ledger.filterStale(changes, registry);
  expect(ledger.figures).toEqual({ ledgerReads: 3, ledgerWrites: 0 });
  await ledger.acquireLeases(coalesce(changes), registry);
  expect(ledger.figures).toEqual({ ledgerReads: 3, ledgerWrites: 3 });
});

test('what was confirmed before is known as soon as an image is looked up', async () => {
  const settled = { order: order(1), hash: hashOf('A'), at: clock.now(), messageId: 'm' };
  const title = { settled, unsettled: [], isKnown: true };
  const item = { guid: guid(9), token: 'a', expiresAt: 1, title };
  await table.store.put(item, { token: undefined });
  const ledger = openInvocation(table.store, { clock });
  await ledger.filterStale([change(9, { title: 'B', order: order(2) })], new VerdictRegistry());
  expect(ledger.known(guid(9), 'title')).toEqual(title);
  expect(ledger.contradicts(guid(9), 'title', 'B')).toBe(true);
  expect(ledger.contradicts(guid(9), 'title', 'A')).toBe(false);
});
