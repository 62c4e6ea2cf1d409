import { describe, expect, test } from '@jest/globals';
import { type Judgement, previewsOf } from '../../../cli/preview/image-preview.ts';
import type { Change } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import type { InventoryImage } from '../../../lambda/inventory/inventory-lists.ts';
import { change } from '../../helpers/delivery.ts';

const PROTECT: Judgement = { virtualInventory: 'protect', lengths: {} };
const REMOVE: Judgement = { virtualInventory: 'remove', lengths: {} };

const listed = (parts: Partial<InventoryImage> = {}): InventoryImage => ({
  title: 'old',
  description: 'text',
  skus: [],
  ...parts,
});
const SOLD = listed({ skus: ['AP1'] });

/** Previews of what changes of one image want, oldest first. */
function previews(
  wanted: readonly Partial<Change>[],
  image: InventoryImage | undefined,
  judgement: Judgement,
) {
  const changes = wanted.map((parts, at) =>
    change(1, {
      title: undefined,
      order: { time: `2026-11-23T10:00:0${at}.000000000Z`, sentAt: 0, id: `${at}` },
      ...parts,
    }),
  );
  return coalesce(changes).flatMap((update) => previewsOf(update, image, judgement));
}

describe('a preview of an image', () => {
  test('tells of the fields that differ alone', () => {
    expect(previews([{ title: 'new', description: 'text' }], listed(), PROTECT)).toMatchObject([
      { outcome: 'changed', fields: { title: { from: 'old', to: 'new' } } },
    ]);
    expect(previews([{ title: 'old' }], listed(), PROTECT)).toMatchObject([
      { outcome: 'unchanged', fields: {} },
    ]);
  });

  test('of one that is not listed knows no old values', () => {
    expect(previews([{ title: 'new' }], undefined, PROTECT)).toMatchObject([
      { outcome: 'unknown', fields: { title: { from: undefined, to: 'new' } } },
    ]);
  });

  test('tells of texts that are longer than the limit, unless they are there already', () => {
    const cut = { most: 3, beyond: 'cut' } as const;
    const lengths = { title: cut, description: cut };
    const wanted = [{ title: 'new', description: 'text' }];
    expect(previews(wanted, listed(), { ...PROTECT, lengths })).toMatchObject([{ tooLong: {} }]);
    expect(previews([{ title: 'newer' }], listed(), { ...PROTECT, lengths })).toMatchObject([
      { tooLong: { title: cut } },
    ]);
  });
});

describe('of an image with products', () => {
  test('a change is rejected, unless its event may remove them', () => {
    expect(previews([{ title: 'new' }], SOLD, PROTECT)).toMatchObject([
      { outcome: 'rejected', products: ['AP1'] },
    ]);
    const allowed = [{ title: 'new', removeVirtualInventory: true }];
    expect(previews(allowed, SOLD, PROTECT)).toMatchObject([
      { outcome: 'changed', products: ['AP1'] },
    ]);
  });

  test('what is there already removes none, unless it is forced', () => {
    expect(previews([{ title: 'old' }], SOLD, PROTECT)).toMatchObject([
      { outcome: 'unchanged', products: [] },
    ]);
    expect(previews([{ title: 'old', force: true }], SOLD, PROTECT)).toMatchObject([
      { outcome: 'rejected', products: ['AP1'] },
    ]);
  });

  test('where the newest event may not remove them, an older one that may is sent', () => {
    const wanted = [{ title: 'older', removeVirtualInventory: true }, { title: 'newer' }];
    expect(previews(wanted, SOLD, PROTECT)).toMatchObject([
      { outcome: 'changed', fields: { title: { to: 'older' } }, products: ['AP1'] },
      { outcome: 'rejected', fields: { title: { to: 'newer' } } },
    ]);
  });

  test('a deployment that does not protect them loses them to the same values, too', () => {
    expect(previews([{ title: 'new' }], SOLD, REMOVE)).toMatchObject([
      { outcome: 'changed', products: ['AP1'] },
    ]);
    expect(previews([{ title: 'old' }], SOLD, REMOVE)).toMatchObject([
      { outcome: 'unchanged', products: ['AP1'] },
    ]);
  });
});
