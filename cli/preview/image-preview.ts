import type { Config } from '../../lambda/config.ts';
import { type Field, fieldsOf } from '../../lambda/contract/fields.ts';
import { isForced, partsOf, type Update, updateOf } from '../../lambda/images/change.ts';
import { coalesce } from '../../lambda/images/coalesce.ts';
import type { InventoryImage } from '../../lambda/inventory/inventory-lists.ts';
import type { TextLength, TextLengths } from './text-lengths.ts';

/** A field as it is at FinerWorks, and as it is wanted. */
export interface FieldPreview {
  /** Undefined where it is not known. */
  readonly from: string | undefined;
  readonly to: string;
}

/** What would happen to one image. */
export interface ImagePreview {
  readonly guid: string;
  readonly account: string | null;
  /** `unknown`: the library does not list it; `rejected`: as `WouldRemoveInventory`. */
  readonly outcome: 'changed' | 'unchanged' | 'unknown' | 'rejected';
  /** Those that differ, or are not known. */
  readonly fields: { readonly [field in Field]?: FieldPreview };
  /** SKUs of the virtual inventory products that the update removes, or would if it were not rejected. */
  readonly products: readonly string[];
  /** New texts that are too long, and what FinerWorks does with them. */
  readonly tooLong: { readonly [field in Field]?: TextLength };
}

/** By what an update is judged. */
export interface Judgement extends Pick<Config, 'virtualInventory'> {
  readonly lengths: TextLengths;
}

/**
 * Says what the function would do with an update: its preflight would leave out what is there already,
 * and reject what removes products without permission.
 *
 * @param update with all changes of the image that can matter, see `NewestChanges`
 * @param image undefined where it is not listed
 * @returns one preview; two where only some events may remove products
 */
export function previewsOf(
  update: Update,
  image: InventoryImage | undefined,
  judgement: Judgement,
): ImagePreview[] {
  const isProtected = judgement.virtualInventory === 'protect';
  // Without a preflight the same values are sent as well, and products lost for them.
  const sent = fieldsOf(update).filter(
    (field) => !isProtected || image?.[field] !== update[field] || isForced(update, field),
  );
  const skus = sent.length === 0 ? [] : (image?.skus ?? []);
  const preview = previewOf(update, image, skus, judgement);
  if (skus.length === 0 || !isProtected) return [preview];
  const asking = partsOf(updateOf(update, sent));
  const permitted = asking.filter(({ removeVirtualInventory }) => removeVirtualInventory);
  if (permitted.length === asking.length) return [preview];
  const allowed = coalesce(permitted).map((rest) => previewOf(rest, image, skus, judgement));
  return [...allowed, { ...preview, outcome: 'rejected', tooLong: {} }];
}

function previewOf(
  update: Update,
  image: InventoryImage | undefined,
  products: readonly string[],
  { lengths }: Judgement,
): ImagePreview {
  const { guid, account } = update;
  const differing = fieldsOf(update).filter((field) => image?.[field] !== update[field]);
  const fields = Object.fromEntries(
    differing.map((field) => [field, { from: image?.[field], to: update[field] ?? '' }]),
  );
  const tooLong = Object.fromEntries(
    differing.flatMap((field) => {
      const length = lengths[field];
      const isTooLong = length !== undefined && (update[field]?.length ?? 0) > length.most;
      return isTooLong ? [[field, length] as const] : [];
    }),
  );
  const outcome = image === undefined ? 'unknown' : differing.length > 0 ? 'changed' : 'unchanged';
  return { guid, account, outcome, fields, products, tooLong };
}
