import { expect, test } from '@jest/globals';
import { Pages } from '../../../cli/preview/pages.ts';
import { update } from '../../helpers/delivery.ts';

const sizesOf = (pages: Pages, count: number, account: string | null) =>
  Array.from({ length: count }, (_, n) => pages.add(update(n, { account }))).flatMap(
    (page) => page?.updates.length ?? [],
  );

test('a page is full with 50 images of one account, and what is left comes at the end', () => {
  const pages = new Pages();
  expect(sizesOf(pages, 120, null)).toEqual([50, 50]);
  expect(sizesOf(pages, 30, 'acme')).toEqual([]);
  const rest = [...pages.rest()];
  expect(rest.map(({ account, updates }) => [account, updates.length])).toEqual([
    [null, 20],
    ['acme', 30],
  ]);
  expect([...pages.rest()]).toEqual([]);
});

test('the fullest page goes before it is full where too much text would wait', () => {
  const pages = new Pages(10_000);
  expect(pages.add(update(1, { account: 'other', title: 'x' }))).toBeUndefined();
  const long = (n: number) => pages.add(update(n, { account: null, title: 'x'.repeat(3_000) }));
  expect([long(2), long(3)]).toEqual([undefined, undefined]);
  expect(long(4)).toMatchObject({ account: null, updates: [{}, {}, {}] });
  expect([...pages.rest()]).toMatchObject([{ account: 'other', updates: [{}] }]);
});
