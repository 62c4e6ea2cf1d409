import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { InventoryQuery } from '../../../lambda/finerworks/list-virtual-inventory.ts';
import { InventoryLists } from '../../../lambda/inventory/inventory-lists.ts';
import { answer, listOf, refusal, success } from '../../helpers/answers.ts';
import { REQUEST_ID, testSender } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

/** Images of which nothing is said of products. */
const bare = (...ns: number[]) =>
  answer(200, {
    status: { success: true },
    images: ns.map((n) => ({ guid: guid(n), title: 't', description: 'd' })),
  });

const productsOf = (n: number, count: number, first = 0) =>
  Array.from({ length: count }, (_, at) => ({ sku: `AP${first + at}`, image_guid: guid(n) }));

const page = (products: readonly object[], figures: object = {}) =>
  answer(200, { status: { success: true }, products, per_page: 50, ...figures });

/** One answer after another. */
function inTurn(answers: Answer[]): () => Answer {
  return () => answers.shift() ?? answer(404);
}

function scene(lists: Answer | (() => Answer), products?: (query: InventoryQuery) => Answer) {
  const parts = testSender({
    answers: () => success(),
    lists: typeof lists === 'function' ? lists : () => lists,
    ...(products && { products }),
  });
  const { sender, memory } = parts;
  const inventory = new InventoryLists(sender, memory, REQUEST_ID);
  const list = (...ns: number[]) =>
    inventory.list(
      'a',
      ns.map((n) => guid(n)),
    );
  return { ...parts, list };
}

describe('where lists of images come with their products', () => {
  test('these are not asked for apart', async () => {
    const { list, productQueries } = scene(listOf([{ guid: guid(1), products: [{ sku: 'AP1' }] }]));
    expect(await list(1, 2)).toEqual(
      new Map([[guid(1), { title: '', description: '', skus: ['AP1'] }]]),
    );
    expect(productQueries).toEqual([]);
  });
});

describe('where lists of images come without their products', () => {
  test('these are asked for by image, for the images that are listed', async () => {
    const { list, productQueries, sender } = scene(bare(1, 2), () => page(productsOf(2, 2)));
    expect(await list(1, 2, 3)).toEqual(
      new Map([
        [guid(1), { title: 't', description: 'd', skus: [] }],
        [guid(2), { title: 't', description: 'd', skus: ['AP0', 'AP1'] }],
      ]),
    );
    expect(productQueries).toEqual([{ account: 'a', guids: [guid(1), guid(2)], page: 1 }]);
    expect(sender.figures.listCalls).toBe(2);
  });

  test('only for those images that come without', async () => {
    const images = [
      { guid: guid(1), products: [{ sku: 'AP7' }] },
      { guid: guid(2), title: 't' },
    ];
    const lists = answer(200, { status: { success: true }, images });
    const { list, productQueries } = scene(lists, () => page([]));
    const listed = await list(1, 2);
    expect('kind' in listed ? [] : [...listed.values()]).toMatchObject([
      { skus: ['AP7'] },
      { skus: [] },
    ]);
    expect(productQueries).toMatchObject([{ guids: [guid(2)] }]);
  });

  test('page after page', async () => {
    const { list, productQueries } = scene(bare(1), ({ page: n }) =>
      page(productsOf(1, n < 3 ? 50 : 1, n * 50), { page_number: n, count: 101 }),
    );
    const listed = await list(1);
    const skus = 'kind' in listed ? [] : (listed.get(guid(1))?.skus ?? []);
    expect(new Set(skus).size).toBe(101);
    expect(productQueries.map((query) => query.page)).toEqual([1, 2, 3]);
  });

  test('the sandbox remembers it, and asks for both at once', async () => {
    const { list, productQueries, memory } = scene(inTurn([bare(1), bare(2)]), () => page([]));
    expect(memory.areProductsApart).toBe(false);
    await list(1);
    expect(memory.areProductsApart).toBe(true);
    await list(2, 3);
    expect(productQueries[1]).toMatchObject({ guids: [guid(2), guid(3)] });
  });

  test('until they come along', async () => {
    const { list, memory } = scene(inTurn([bare(1), listOf([{ guid: guid(1) }]), listOf([])]), () =>
      refusal(),
    );
    expect(await list(1)).toMatchObject({ verdict: { reason: 'InventoryUnknown' } });
    expect(await list(1)).toMatchObject(new Map([[guid(1), { skus: [] }]]));
    expect(memory.areProductsApart).toBe(false);
    await list(2);
    expect(memory.areProductsApart).toBe(false);
  });

  test('a list that shows no image says nothing of that', async () => {
    const { list, memory } = scene(inTurn([bare(1), listOf([])]), () => page([]));
    await list(1);
    await list(2);
    expect(memory.areProductsApart).toBe(true);
  });

  test('and the same page comes again, no third one is asked for', async () => {
    const { list, productQueries } = scene(bare(1), () => page(productsOf(1, 50)));
    await list(1);
    expect(productQueries).toHaveLength(2);
  });

  test.each([
    ['are refused', () => refusal(), 'InventoryUnknown'],
    ['are not as documented', () => success(), 'InventoryUnknown'],
    ['are those of other images', () => page(productsOf(9, 1)), 'InventoryUnknown'],
    ['have no end', () => page(productsOf(1, 50)), 'InventoryUnknown'],
    ['can’t be had', () => answer(500), 'ServerError'],
  ])('and these %s, nothing is known', async (_name, products, reason) => {
    const { list } = scene(bare(1), products);
    expect(await list(1)).toMatchObject({ kind: 'failed', verdict: { reason } });
  });

  test('and always new ones, it ends after 40 pages', async () => {
    const { list, productQueries } = scene(bare(1), ({ page: n }) =>
      page(productsOf(1, 50, n * 50)),
    );
    expect(await list(1)).toMatchObject({ verdict: { reason: 'InventoryUnknown' } });
    expect(productQueries).toHaveLength(40);
  });
});
