import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../../lambda/general/hash.ts';
import type { Change } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { admissionOf } from '../../../lambda/ledger/admission.ts';
import type { FieldEntry, LedgerItem } from '../../../lambda/ledger/item.ts';
import { change } from '../../helpers/delivery.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY = 86_400_000;

const order = (second: number) => ({
  time: `2026-11-23T10:00:0${second}.000000000Z`,
  sentAt: 0,
  id: `e${second}`,
});
const wanted = (second: number, parts: Partial<Change>) =>
  change(1, { order: order(second), messageId: `m${second}`, title: undefined, ...parts });
const known = (second: number, value: string): FieldEntry => ({
  settled: { order: order(second), hash: hashOf(value), at: NOW - 1, messageId: `m${second}` },
  unsettled: [],
  isKnown: true,
});
const itemOf = (parts: Partial<LedgerItem>): LedgerItem => ({
  guid: 'g',
  token: 'a',
  expiresAt: 1,
  ...parts,
});
const admission = (item: LedgerItem | undefined, ...changes: Change[]) =>
  admissionOf(item, coalesce(changes), NOW, DAY);
const underWay = (value: string, ...seconds: number[]) =>
  seconds.map((at) => ({ order: order(at), hash: hashOf(value), at: NOW }));

test('of an image that nothing is known of all is sent, and under way', () => {
  const { entries, unchanged, admitted } = admission(undefined, wanted(1, { title: 'A' }));
  expect(admitted).toMatchObject([{ title: 'A' }]);
  expect(unchanged).toEqual([]);
  expect(entries).toEqual({ title: { unsettled: underWay('A', 1), isKnown: false } });
});

describe('a value that is there', () => {
  test('is not sent, and moves the order forward to the newest change that wants it', () => {
    const item = itemOf({ title: known(1, 'A') });
    const two = [wanted(2, { title: 'A' }), wanted(3, { title: 'A' })];
    const { entries, unchanged, admitted } = admission(item, ...two);
    expect(admitted).toEqual([]);
    expect(unchanged).toMatchObject([{ title: 'A', changes: two }]);
    expect(entries.title).toEqual({
      ...known(1, 'A'),
      settled: { ...known(1, 'A').settled, order: order(3), messageId: 'm3' },
    });
  });

  test('may be an empty text', () => {
    const { admitted } = admission(itemOf({ title: known(1, '') }), wanted(2, { title: '' }));
    expect(admitted).toEqual([]);
  });

  test('is sent where any of its changes is forced', () => {
    const item = itemOf({ title: known(1, 'A') });
    const two = [wanted(2, { title: 'A', force: true }), wanted(3, { title: 'A' })];
    const { entries, unchanged, admitted } = admission(item, ...two);
    expect(unchanged).toEqual([]);
    expect(admitted).toMatchObject([{ title: 'A', changes: two }]);
    expect(entries.title?.unsettled).toEqual(underWay('A', 2, 3));
  });

  test('is not sent for a change that forces another field', () => {
    const item = itemOf({ title: known(1, 'A'), description: known(1, 'd') });
    const forced = wanted(2, { description: 'd', force: true });
    const { unchanged, admitted } = admission(item, forced, wanted(3, { title: 'A' }));
    expect(unchanged).toMatchObject([{ title: 'A', description: undefined }]);
    expect(admitted).toMatchObject([{ title: undefined, description: 'd', changes: [forced] }]);
  });
});

test('of two fields the one is sent that differs, and each marks its own changes alone', () => {
  const item = itemOf({ title: known(1, 'A'), description: known(1, 'd') });
  const [titles, both] = [wanted(2, { title: 'A' }), wanted(3, { title: 'A', description: 'new' })];
  const { entries, unchanged, admitted } = admission(item, titles, both);
  expect(unchanged).toMatchObject([{ title: 'A', description: undefined }]);
  expect(admitted).toMatchObject([{ title: undefined, description: 'new' }]);
  expect(entries.title?.settled?.order).toEqual(order(3));
  expect(entries.description?.unsettled).toEqual(underWay('new', 3));
});
