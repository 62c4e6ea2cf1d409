import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../../lambda/general/hash.ts';
import type { FieldEntry, LedgerItem } from '../../../lambda/ledger/item.ts';
import {
  giveUp,
  movedForward,
  underWay,
  withoutChanges,
  withRenewedMarks,
} from '../../../lambda/ledger/transitions.ts';
import {
  confirmed,
  EARLIER,
  known,
  NOW,
  open,
  order,
  seconds,
  wanted,
} from '../../helpers/ledger-entries.ts';

describe('while changes are under way', () => {
  test('each is undecided, and the value is not known any more', () => {
    expect(underWay(known(1, 'A'), [wanted(2, 'B')], 'title', NOW)).toEqual({
      settled: confirmed(1, 'A'),
      unsettled: [{ order: order(2), hash: hashOf('B'), at: NOW }],
      isKnown: false,
    });
  });

  test('of an image that was never changed nothing is settled', () => {
    const entry = underWay(undefined, [wanted(2, 'B')], 'title', NOW);
    expect(entry).toEqual({
      unsettled: [{ order: order(2), hash: hashOf('B'), at: NOW }],
      isKnown: false,
    });
  });

  test('an event that is in a batch twice, or was undecided before, is undecided once, as of now', () => {
    const before = { unsettled: open(1, 2, 3), isKnown: false };
    const entry = underWay(before, [wanted(2, 'B'), wanted(2, 'B')], 'title', NOW);
    expect(seconds(entry)).toEqual([1, 2, 3]);
    expect(entry.unsettled.map(({ at }) => at)).toEqual([EARLIER, NOW, EARLIER]);
  });

  test('the five newest undecided ones are remembered, oldest first', () => {
    const before = { unsettled: open(1, 4, 6), isKnown: false };
    const changes = [5, 2, 3].map((second) => wanted(second, 'x'));
    expect(seconds(underWay(before, changes, 'title', NOW))).toEqual([2, 3, 4, 5, 6]);
  });
});

test('a change that is given up again, after a redrive, is remembered once, as of the last time', () => {
  const [other, first, again] = [
    { order: order(1), hash: hashOf('A'), at: EARLIER },
    { order: order(2), hash: hashOf('B'), at: EARLIER },
    { order: order(2), hash: hashOf('B'), at: NOW },
  ];
  const before = { unsettled: [again], givenUp: [first, other], isKnown: false };
  expect(giveUp(before, order(2))).toEqual({
    unsettled: [],
    givenUp: [other, again],
    isKnown: false,
  });
});

describe('the order of a value that is there already', () => {
  test('moves forward, with the message that wanted it; the time of confirmation stays', () => {
    const changes = [1, 2, 3].map((second) => wanted(second, 'A'));
    expect(movedForward(known(1, 'A'), changes)).toEqual({
      ...known(1, 'A'),
      settled: { ...confirmed(1, 'A'), order: order(3), messageId: 'm3' },
    });
  });

  test('is nothing where nothing is confirmed', () => {
    const entry = { unsettled: open(1), isKnown: false };
    expect(movedForward(entry, [wanted(3, 'A')])).toBe(entry);
    expect(movedForward(undefined, [wanted(3, 'A')])).toEqual({ unsettled: [], isKnown: false });
  });

  test('stays where nobody asks', () => {
    expect(movedForward(known(1, 'A'), [])).toEqual(known(1, 'A'));
  });
});

describe('the mark of a change that waits', () => {
  const HOUR = 3_600_000;
  const item = (at: number): LedgerItem => ({
    guid: 'g',
    token: 'a',
    expiresAt: 1,
    title: { unsettled: [{ order: order(2), at }, ...open(3)], isKnown: false },
  });

  test('is renewed once it is an hour old, and says when it was sent', () => {
    const renewed = withRenewedMarks(item(NOW - HOUR), [wanted(2, 'B')], NOW);
    expect(renewed?.title?.unsettled).toEqual([
      { order: order(2), at: NOW, sentAt: NOW - HOUR },
      ...open(3),
    ]);
  });

  test('is left as it is before that, and where there is none', () => {
    expect(withRenewedMarks(item(NOW - HOUR + 1), [wanted(2, 'B')], NOW)).toBeUndefined();
    expect(withRenewedMarks(item(0), [wanted(1, 'A')], NOW)).toBeUndefined();
    const untitled = wanted(2, undefined, { description: 'd' });
    expect(withRenewedMarks(item(0), [untitled], NOW)).toBeUndefined();
  });
});

describe('changes that are given up', () => {
  const item = (title: FieldEntry, description?: FieldEntry): LedgerItem => ({
    guid: 'g',
    token: 'a',
    expiresAt: 1,
    title,
    ...(description && { description }),
  });

  test('hold nothing back any more in any field, and the others do', () => {
    const entry = (): FieldEntry => ({ unsettled: open(1, 2, 3), isKnown: false });
    const rest = withoutChanges(item(entry(), entry()), [wanted(1, 'A'), wanted(3, 'C')]);
    expect(seconds(rest?.title)).toEqual([2]);
    expect(seconds(rest?.description)).toEqual([2]);
  });

  test('are remembered, the five that were given up last, since a late list may show them', () => {
    const entry: FieldEntry = { unsettled: open(1, 2), givenUp: open(7, 6, 5, 4), isKnown: false };
    const rest = withoutChanges(item(entry), [wanted(1, 'A'), wanted(2, 'B')]);
    expect(rest?.title?.givenUp).toEqual(open(6, 5, 4, 1, 2));
  });

  test('leave it unknown whether FinerWorks has the settled value', () => {
    const entry = { settled: confirmed(1, 'A'), unsettled: open(2), isKnown: false };
    expect(withoutChanges(item(entry), [wanted(2, 'B')])?.title).toEqual({
      ...entry,
      unsettled: [],
      givenUp: open(2),
    });
  });

  test('that the item does not know need no write', () => {
    expect(withoutChanges(item({ unsettled: open(2), isKnown: false }), [wanted(1, 'A')])).toBe(
      undefined,
    );
    expect(withoutChanges({ guid: 'g', token: 'a', expiresAt: 1 }, [wanted(1, 'A')])).toBe(
      undefined,
    );
  });
});
