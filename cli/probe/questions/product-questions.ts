import { randomUUID } from 'node:crypto';
import { askInventory, imagesWithProducts } from '../inventory.ts';
import { list } from '../library.ts';
import { NotSeen } from '../not-seen.ts';
import type { Question, Reading } from './question.ts';

/** Whether it can be seen which images have virtual inventory products. */
export const PRODUCT_QUESTIONS: readonly Question<Reading>[] = [
  {
    facts: ['products'],
    about: 'products of images with and without them',
    ask: async ({ calls, place, firstPage, bearers }) => {
      const { images } = await firstPage();
      if (images.length === 0) throw new NotSeen('the library shows no image');
      if (images.some(({ products }) => (products ?? 0) > 0)) return { products: 'shown' };
      if (images.some(({ products }) => products === undefined)) return { products: 'absent' };
      const [bearer] = await bearers();
      if (bearer === undefined) return { products: 'empty' };
      const { images: shown } = await list(calls, place, { guids: [bearer], perPage: 50 });
      const image = shown.find(({ guid }) => guid === bearer);
      if (image === undefined) return { products: 'empty' };
      return { products: (image.products ?? 0) > 0 ? 'shown' : 'hidden' };
    },
  },
  {
    facts: ['inventoryFilter'],
    about: 'virtual inventory by guids',
    ask: async ({ calls, place, bearers }) => {
      const [bearer] = await bearers();
      if (bearer === undefined) throw new NotSeen('there are no virtual inventory products');
      for (const [guid, isExpected] of [
        [randomUUID(), false],
        [bearer, true],
      ] as const) {
        const verdict = await askInventory(calls, place, [guid]);
        if (verdict.kind === 'refused') return { inventoryFilter: 'refused' };
        const found = imagesWithProducts(verdict);
        if ([...found].some((image) => image !== guid)) return { inventoryFilter: 'ignored' };
        if (found.has(guid) !== isExpected) return { inventoryFilter: 'missed' };
      }
      return { inventoryFilter: 'kept' };
    },
  },
];
