import type { ImageChange } from 'finerworks-image-updates-producer';
import * as z from 'zod';

/** Which attributes of the PIM mean what, and in which locale and channel. */
export interface Mapping {
  readonly guid: string;
  readonly title: string;
  readonly description: string;
  readonly locale: string;
  readonly scope: string;
}

const Localised = z.object({ locale: z.string().nullable(), scope: z.string().nullable() });
const Changed = Localised.extend({ new: z.unknown() });

/** `com.akeneo.pim.v1.product.updated.delta` (api.akeneo.com: Event Platform, available events). */
export const ProductDelta = z.object({
  type: z.literal('com.akeneo.pim.v1.product.updated.delta'),
  id: z.string(),
  time: z.string(),
  data: z.object({
    product: z.object({
      uuid: z.string(),
      changes: z.object({ values: z.record(z.string(), z.array(Changed)).optional() }),
    }),
  }),
});
export type ProductDelta = z.output<typeof ProductDelta>;

/** A product as the PIM's REST API answers (api.akeneo.com: get a product by uuid). */
export const PimProduct = z.object({
  values: z.record(z.string(), z.array(Localised.extend({ data: z.unknown() }))),
});
export type PimProduct = z.output<typeof PimProduct>;

/** Whether an event changes anything that FinerWorks should know. */
export function isConcerned({ data }: ProductDelta, mapping: Mapping): boolean {
  const { values = {} } = data.product.changes;
  return [mapping.guid, mapping.title, mapping.description].some((attribute) =>
    (values[attribute] ?? []).some((value) => isMeant(value, mapping)),
  );
}

/**
 * The change of a product's image; undefined where it has no guid. A value that was removed in the
 * PIM clears nothing at FinerWorks.
 */
export function toChange(
  { id, time }: ProductDelta,
  { values }: PimProduct,
  mapping: Mapping,
): ImageChange | undefined {
  const textOf = (attribute: string) =>
    z.string().safeParse(values[attribute]?.find((value) => isMeant(value, mapping))?.data).data;
  const [guid, title, description] = [mapping.guid, mapping.title, mapping.description].map(textOf);
  if (guid === undefined || (title ?? description) === undefined) return undefined;
  return { id, time, guid, title: title ?? null, description: description ?? null };
}

/** An attribute without locales or channels has null there. */
function isMeant(value: z.output<typeof Localised>, { locale, scope }: Mapping): boolean {
  return [null, locale].includes(value.locale) && [null, scope].includes(value.scope);
}
