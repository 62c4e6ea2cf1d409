import { expect, test } from '@jest/globals';
import { RefusalBook } from '../../../simulation/oracle/refusal-book.ts';
import { GUID } from '../../helpers/produced-events.ts';
import { callRecord } from '../../helpers/simulated-calls.ts';

const IMAGE = { guid: GUID, title: 'A' };
const OTHER = { guid: GUID.replace('1', '2'), title: 'A' };

function bookOf(...calls: Parameters<typeof callRecord>[]): RefusalBook {
  const book = new RefusalBook();
  for (const call of calls) book.learn(callRecord(...call));
  return book;
}

test('an image is told apart once its account took something after its refusal', () => {
  const before = bookOf([[OTHER], 'applied'], [[IMAGE], 'refused', { at: 5_000 }]);
  expect(before.isToldApart(IMAGE, null)).toBe(false);
  before.learn(callRecord([OTHER], 'applied', { at: 9_000 }));
  expect(before.isToldApart(IMAGE, null)).toBe(true);
});

test('what another account takes tells nothing', () => {
  const book = bookOf(
    [[IMAGE], 'refused'],
    [[OTHER], 'applied', { at: 5_000, account: 'another' }],
  );
  expect(book.isToldApart(IMAGE, null)).toBe(false);
});

test('an image that was refused among others is not refused alone', () => {
  const book = bookOf([[IMAGE, OTHER], 'refused']);
  expect(book.valueRefusedAt(IMAGE)).toBeUndefined();
  expect(book.refusedSince(null, 2_000)).toBe(0);
});

test('images count as refused until the account takes something', () => {
  const book = bookOf([[IMAGE], 'refused'], [[OTHER], 'refused']);
  expect(book.refusedSince(null, 2_000)).toBe(2);
  book.learn(callRecord([OTHER], 'applied'));
  expect(book.refusedSince(null, 2_000)).toBe(0);
});

test('images count as refused for two hours, and not once they are to blame', () => {
  const book = bookOf([[IMAGE], 'refused'], [[OTHER], 'refused', { at: 1 }]);
  expect(book.refusedSince(null, 7_201_000)).toBe(1);
  book.blamed(null, [IMAGE.guid]);
  expect(book.refusedSince(null, 2_000)).toBe(1);
});

test('an image that is refused again after others were taken says nothing of its account', () => {
  const book = bookOf(
    [[IMAGE], 'refused'],
    [[OTHER], 'applied', { at: 2_000 }],
    [[IMAGE], 'refused', { at: 4_000 }],
  );
  expect(book.refusedSince(null, 6_000)).toBe(0);
});

test('to be left out of a success is to be refused', () => {
  const book = bookOf([[IMAGE], 'applied', { confirmed: [] }]);
  expect(book.valueRefusedAt(IMAGE)).toBe(1_000);
});

test('an image that was refused with others counts as refused alone once they were all taken', () => {
  const book = bookOf([[IMAGE, OTHER], 'refused']);
  expect(book.isToldApart(IMAGE, null)).toBe(false);
  book.learn(callRecord([OTHER], 'applied', { at: 9_000 }));
  expect(book.isToldApart(IMAGE, null)).toBe(true);
});

test('the refusal of one value tells nothing of another', () => {
  const book = bookOf([[IMAGE], 'refused'], [[OTHER], 'applied', { at: 9_000 }]);
  expect(book.isToldApart({ guid: GUID, title: 'B' }, null)).toBe(false);
});
