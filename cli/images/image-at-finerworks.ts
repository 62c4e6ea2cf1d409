import type { Config } from '../../lambda/config.ts';
import { type EachField, FIELDS, ofEachField } from '../../lambda/contract/fields.ts';
import { hashOf } from '../../lambda/general/hash.ts';
import type { FieldEntry, LedgerItem } from '../../lambda/ledger/item.ts';
import type { Clients } from '../aws/clients.ts';
import { describeError } from '../errors.ts';
import { imageLists } from '../finerworks/asking.ts';
import { shownText } from '../preview/difference.ts';

/** A field as FinerWorks shows it now. */
interface ShownField {
  /** Undefined where the list has no text for it. */
  readonly value: string | undefined;
  /** Whether it is the value that was confirmed last; `null` where none was. */
  readonly asConfirmed: boolean | null;
}

/** What FinerWorks shows of an image now. */
export type ImageAtFinerWorks =
  | { readonly listed: false }
  | ({ readonly listed: true; readonly products: readonly string[] } & EachField<ShownField>)
  /** It could not be asked, and why. */
  | { readonly unknown: string };

/**
 * Lists one image at FinerWorks, where there are keys: without it the rest is reported alone.
 *
 * @param item what the ledger knows of the image
 */
export async function imageAtFinerWorks(
  { guid, account }: { readonly guid: string; readonly account: string | null },
  item: LedgerItem | undefined,
  clients: Clients,
  settings: Config,
): Promise<ImageAtFinerWorks> {
  try {
    const lists = await imageLists(clients, settings, { maxTries: 1 });
    const image = (await lists.list(account, [guid]))?.get(guid);
    if (image === undefined) return { listed: false };
    const fields = ofEachField((field) => shownField(image[field], item?.[field]));
    return { listed: true, ...fields, products: image.skus };
  } catch (error) {
    const told = describeError(error);
    if (told === undefined) throw error;
    return { unknown: told.message };
  }
}

function shownField(value: string | undefined, entry: FieldEntry | undefined): ShownField {
  const { hash: sent, storedHash } = entry?.settled ?? {};
  // The rewritten text is as much confirmed as the text itself.
  const hash = storedHash ?? sent;
  const asConfirmed = hash === undefined || value === undefined ? null : hashOf(value) === hash;
  return { value, asConfirmed };
}

/** The same, for people. */
export function renderAtFinerWorks(shown: ImageAtFinerWorks): string[] {
  if ('unknown' in shown) return [`At FinerWorks: not known (${shown.unknown})`];
  if (!shown.listed) {
    return ['At FinerWorks: not listed; it may be in the temporary library, or of another account'];
  }
  const { products } = shown;
  const fields = FIELDS.map((field) => [field, renderField(shown[field])] as const);
  const rows = [...fields, ['products', products.length === 0 ? 'none' : products.join(', ')]];
  return ['At FinerWorks now', ...rows.map(([name = '', text]) => `${name.padEnd(14)}${text}`)];
}

function renderField({ value, asConfirmed }: ShownField): string {
  if (value === undefined) return 'no text in the list';
  if (asConfirmed === null) return `${shownText(value)}, never confirmed`;
  const standing = asConfirmed ? 'as confirmed' : 'not what was confirmed last';
  return `${shownText(value)}, ${standing}`;
}
