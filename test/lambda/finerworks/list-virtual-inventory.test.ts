import { describe, expect, test } from '@jest/globals';
import {
  readProducts,
  toInventoryBody,
} from '../../../lambda/finerworks/list-virtual-inventory.ts';
import { guid } from '../../helpers/records.ts';

const query = { account: null, guids: [guid(1), guid(2)], page: 1 };
const products = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ sku: `AP${n}`, image_guid: guid(1) }));

test('products are asked for by image, a page at a time, in an order that stays', () => {
  expect(JSON.parse(toInventoryBody({ account: 'a', guids: [guid(1)], page: 3 }))).toEqual({
    guid_filter: [guid(1)],
    account_key: 'a',
    page_number: 3,
    per_page: 50,
    sort_field: 'id',
    sort_direction: 'ASC',
  });
});

test('a page says which images have which products', () => {
  const answer = {
    products: [
      { sku: 'AP1', image_guid: guid(1).toUpperCase() },
      { sku: 7, image_guid: `{${guid(2)}}` },
    ],
  };
  expect(readProducts(answer, query, 0)).toEqual({
    products: [
      { guid: guid(1), sku: 'AP1' },
      { guid: guid(2), sku: 'unnamed' },
    ],
    mayHaveNext: false,
  });
});

describe('a page is the last one', () => {
  const isLast = (count: number, figures: object, before = 0) =>
    readProducts({ products: products(count), ...figures }, query, before)?.mayHaveNext === false;

  test.each([
    ['that is empty, whatever is counted', 0, { count: 9_999 }],
    ['that is not full', 49, { page_number: 1, per_page: 50, count: 49 }],
    ['without figures that is neither full nor as long as the default', 12, {}],
  ])('%s', (_name, count, figures) => {
    expect(isLast(count, figures)).toBe(true);
  });

  test.each([
    ['full', 50, { per_page: 50, count: 50 }],
    ['full by its own figure', 20, { per_page: 20 }],
    ['as long as a page is by default, and no size is said', 10, {}],
    ['shorter than what is counted', 12, { per_page: 50, count: 13 }],
  ])('and not one that is %s', (_name, count, figures) => {
    expect(isLast(count, figures)).toBe(false);
  });

  test('where the pages before it held what else is counted', () => {
    expect(isLast(12, { per_page: 50, count: 62 }, 50)).toBe(true);
  });
});

describe('a page is not believed', () => {
  test.each([
    ['of products of an image that nobody asked for', { products: [{ image_guid: guid(7) }] }],
    ['of products of no image', { products: [{ sku: 'AP1' }] }],
    ['of what are no products', { products: [null] }],
    ['that is another one', { products: [], page_number: 2 }],
    ['without products', { status: { success: true } }],
    ['that is no object', []],
  ])('%s', (_name, answer) => {
    expect(readProducts(answer, query, 0)).toBeUndefined();
  });
});
