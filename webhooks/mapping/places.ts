import * as z from 'zod/mini';
import { ofEachField } from '../../lambda/contract/fields.ts';
import { isJsonObject, type JsonObject } from '../../lambda/contract/json.ts';

/** A path of names with dots between: `metafields.finerworks.image_guid`. */
export const Place = z
  .string()
  .check(
    z.regex(/^[^.\s]+(\.[^.\s]+)*$/, 'must be names with dots between: meta_data.finerworks_guid'),
  );

/** Where a source's payload has the guid, and each text that is wanted of it. */
export const Places = z.strictObject({ guid: Place, ...ofEachField(() => z.optional(Place)) });
export type Places = z.output<typeof Places>;

/** Some places; for the others the source's own count. */
export const GivenPlaces = z.partial(Places);
export type GivenPlaces = z.output<typeof GivenPlaces>;

/** @returns undefined where there is nothing at the place */
export function valueAt(record: JsonObject, place: string): unknown {
  let value: unknown = record;
  for (const name of place.split('.')) {
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isJsonObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value ?? undefined;
}
