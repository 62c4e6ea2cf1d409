import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../../lambda/general/hash.ts';
import type { ConfirmedValue, FieldEntry } from '../../../lambda/ledger/item.ts';
import {
  isContradicted,
  isFormerText,
  isUnchanged,
  LIST_LAG,
  lateUntil,
  standingOf,
  withoutAttempts,
} from '../../../lambda/ledger/standing.ts';
import { change } from '../../helpers/delivery.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;

const order = (second: number) => ({
  time: `2026-11-23T10:00:0${second}.000000000Z`,
  sentAt: 0,
  id: `e${second}`,
});
const settled = (second: number, title: string): ConfirmedValue => ({
  order: order(second),
  hash: hashOf(title),
  at: NOW - HOUR,
  messageId: `m${second}`,
});
const entry = (parts: Partial<FieldEntry> = {}): FieldEntry => ({
  unsettled: [],
  isKnown: false,
  ...parts,
});
const standing = (second: number, title: string | undefined, known?: FieldEntry) =>
  standingOf(change(1, { order: order(second), title }), 'title', known, NOW);

describe('a change', () => {
  test('of a field that nothing is known of is open', () => {
    expect(standing(1, 'A')).toBe('open');
    expect(standing(1, 'A', entry())).toBe('open');
  });

  test('is repeated, superseded or open beside what was confirmed, by its order', () => {
    const known = entry({ settled: settled(2, 'A') });
    expect(standing(2, 'A', known)).toBe('repeated');
    expect(standing(1, 'B', known)).toBe('superseded');
    expect(standing(3, 'B', known)).toBe('open');
  });

  test('of the same order as another value is told apart by hash, as in coalescing', () => {
    const [smaller = '', greater = ''] = ['A', 'B'].toSorted((a, b) =>
      hashOf(a) < hashOf(b) ? -1 : 1,
    );
    expect(standing(2, smaller, entry({ settled: settled(2, greater) }))).toBe('superseded');
    expect(standing(2, greater, entry({ settled: settled(2, smaller) }))).toBe('open');
    expect(standing(2, undefined, entry({ settled: settled(2, '') }))).toBe('repeated');
  });

  test('waits for a newer one that is undecided, and for no other', () => {
    const known = entry({ unsettled: [{ order: order(2), at: NOW }] });
    expect(standing(1, 'A', known)).toBe('waiting');
    expect(standing(2, 'A', known)).toBe('open');
    expect(standing(3, 'A', known)).toBe('open');
  });

  test('waits for one of several', () => {
    const unsettled = [1, 4].map((second) => ({ order: order(second), at: NOW }));
    expect(standing(2, 'A', entry({ unsettled }))).toBe('waiting');
  });

  test('waits less than 13 hours', () => {
    const since = (at: number) => entry({ unsettled: [{ order: order(2), at }] });
    expect(standing(1, 'A', since(NOW - 13 * HOUR + 1))).toBe('waiting');
    expect(standing(1, 'A', since(NOW - 13 * HOUR))).toBe('open');
  });
});

describe('a value is there already', () => {
  const known = entry({ settled: settled(1, 'A'), isKnown: true });

  test('where it is the confirmed one, is known, and was confirmed within the window', () => {
    expect(isUnchanged('A', known, NOW, HOUR + 1)).toBe(true);
    expect(isUnchanged('A', known, NOW, HOUR)).toBe(false);
    expect(isUnchanged('B', known, NOW, HOUR + 1)).toBe(false);
    expect(isUnchanged('A', { ...known, isKnown: false }, NOW, HOUR + 1)).toBe(false);
  });

  test('never where nothing was confirmed', () => {
    expect(isUnchanged('A', undefined, NOW, HOUR)).toBe(false);
    expect(isUnchanged('A', entry({ isKnown: true }), NOW, HOUR)).toBe(false);
  });
});

describe('what a list shows', () => {
  test('is contradicted by another confirmed value, and by the same one where it is in doubt', () => {
    const known = entry({ settled: settled(1, 'A'), isKnown: true });
    expect(isContradicted('B', known)).toBe(true);
    expect(isContradicted('A', known)).toBe(false);
    expect(isContradicted('A', { ...known, isKnown: false })).toBe(true);
  });

  test('is contradicted by an undecided change of a field that has no confirmed value', () => {
    expect(isContradicted('A', entry({ unsettled: [{ order: order(1), at: NOW }] }))).toBe(true);
  });

  test('is contradicted by one that was given up as well', () => {
    expect(isContradicted('A', entry({ givenUp: [{ order: order(1), at: NOW }] }))).toBe(true);
  });

  test('is not where nothing is known', () => {
    expect(isContradicted('A', undefined)).toBe(false);
    expect(isContradicted('A', entry())).toBe(false);
  });
});

describe('a list may be late', () => {
  const at = NOW - HOUR;
  const unsettled = (...minutes: number[]) =>
    minutes.map((minute) => ({ order: order(3), at: NOW - minute * 60_000 }));

  test('for ten minutes from the confirmation of another value', () => {
    const known = entry({ settled: settled(1, 'A'), isKnown: true });
    expect(lateUntil('B', known)).toBe(at + LIST_LAG);
    expect(lateUntil('A', known)).toBeUndefined();
  });

  test('and not where it shows what FinerWorks made of the confirmed one', () => {
    const stored = { ...settled(1, 'A'), storedHash: hashOf('a') };
    const known = entry({ settled: stored, unsettled: unsettled(7) });
    expect(lateUntil('a', known)).toBe(NOW - 420_000 + LIST_LAG);
    expect(lateUntil('a', entry({ settled: stored }))).toBeUndefined();
  });

  test('and from the last sending of one that is not decided', () => {
    expect(lateUntil('A', entry({ unsettled: unsettled(7, 3) }))).toBe(NOW - 180_000 + LIST_LAG);
    const known = entry({ settled: settled(1, 'A'), unsettled: unsettled(5) });
    expect(lateUntil('A', known)).toBe(NOW - 300_000 + LIST_LAG);
    expect(lateUntil('B', known)).toBe(NOW - 300_000 + LIST_LAG);
  });

  test('or was given up', () => {
    const known = entry({ unsettled: unsettled(7), givenUp: unsettled(5) });
    expect(lateUntil('A', known)).toBe(NOW - 300_000 + LIST_LAG);
  });

  test('and not from when it was only taken up again', () => {
    const [taken] = unsettled(1);
    const known = entry({ unsettled: taken ? [{ ...taken, sentAt: at }] : [] });
    expect(lateUntil('A', known)).toBe(at + LIST_LAG);
  });

  test('and not where nothing was sent', () => {
    expect(lateUntil('A', undefined)).toBeUndefined();
    expect(lateUntil('A', entry())).toBeUndefined();
    expect(lateUntil('A', entry({ settled: settled(1, 'A') }))).toBeUndefined();
  });
});

describe('a text', () => {
  const unsettled = ['B', 'C'].map((value, second) => ({
    order: order(second + 2),
    hash: hashOf(value),
    at: NOW,
  }));
  const givenUp = [{ order: order(4), hash: hashOf('D'), at: NOW }];
  const stored = { ...settled(1, 'A'), storedHash: hashOf('a') };
  const known = entry({ settled: stored, unsettled, givenUp });

  test('is a former one where it was confirmed, stored, or sent and never decided', () => {
    expect(['A', 'a', 'B', 'C', 'D', 'E'].map((text) => isFormerText(text, known))).toEqual([
      ...Array(5).fill(true),
      false,
    ]);
    expect([isFormerText('A', undefined), isFormerText('A', entry())]).toEqual([false, false]);
  });

  test('is told apart from others that were sent', () => {
    const others = (text: string) => withoutAttempts(known, text)?.unsettled;
    expect(others('B')).toEqual([...unsettled.slice(1), ...givenUp]);
    expect(others('D')).toEqual(unsettled);
    const ofOlderVersions = entry({ unsettled: [{ order: order(1), at: NOW }] });
    expect(withoutAttempts(ofOlderVersions, 'B')).toMatchObject(ofOlderVersions);
    expect(withoutAttempts(undefined, 'B')).toBeUndefined();
  });
});
