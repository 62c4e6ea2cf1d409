import * as z from 'zod/mini';
import type { JsonObject } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import { type Places, valueAt } from '../mapping/places.ts';
import { factsOf, toChanges } from '../mapping/to-changes.ts';
import { readPimValues } from './akeneo-pim.ts';
import type { Source } from './source.ts';

const TYPE = 'com.akeneo.pim.v1.product.updated.delta';

const Changed = z.object({
  locale: z.nullable(z.string()),
  scope: z.nullable(z.string()),
  new: z.unknown(),
});

/** What the Event Platform says of a change (api.akeneo.com: Event Platform, available events). */
const Delta = z.object({
  id: z.string(),
  time: z.string(),
  data: z.object({
    product: z.object({
      uuid: z.string(),
      changes: z.object({ values: z.optional(z.record(z.string(), z.array(Changed))) }),
    }),
  }),
});

/**
 * Products of an Akeneo PIM, by its Event Platform. An event holds only what changed, so the PIM is asked for the
 * product. A value's place is its attribute, with its locale and channel where it has them:
 * `print_title.en_US.ecommerce`.
 */
export const AKENEO: Source = {
  places: {
    guid: 'finerworks_guid',
    title: 'print_title.en_US.ecommerce',
    description: 'print_description.en_US.ecommerce',
  },
  headers: [],
  map: async ({ body }, { places, secret }) => {
    if (body.type !== TYPE) return { kind: 'ignored' };
    const delta = Delta.safeParse(body);
    if (!delta.success) throw new RejectedEvent('InvalidEvent', z.prettifyError(delta.error));
    const { id, time, data } = delta.data;
    const { uuid, changes } = data.product;
    // A removed value is null: it changes nothing at FinerWorks, and the guid may be new.
    if (
      !isConcerned(
        recordOf(changes.values ?? {}, ({ new: value }) => value ?? ''),
        places,
      )
    ) {
      return { kind: 'ignored' };
    }
    const values = await readPimValues(uuid, secret);
    if (values === undefined) return { kind: 'ignored' };
    const reading = { places, html: ['description'] } as const;
    return toChanges([recordOf(values, ({ data }) => data)], reading, factsOf(id, time));
  },
};

function isConcerned(changed: JsonObject, places: Places): boolean {
  return Object.values(places).some(
    (place) => place !== undefined && valueAt(changed, place) !== undefined,
  );
}

/** A value with its locale and channel; null where its attribute has none. */
interface Scoped {
  readonly locale: string | null;
  readonly scope: string | null;
}

/** Values by attribute, locale and channel, as far as they have these. */
function recordOf<Value extends Scoped>(
  values: Readonly<Record<string, readonly Value[]>>,
  contentOf: (value: Value) => unknown,
): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([attribute, all]) => [attribute, nested(all, contentOf)]),
  );
}

function nested<Value extends Scoped>(
  values: readonly Value[],
  contentOf: (value: Value) => unknown,
): unknown {
  const [first] = values;
  if (first === undefined) return undefined;
  if (first.locale === null && first.scope === null) return contentOf(first);
  if (first.locale === null || first.scope === null) {
    return Object.fromEntries(
      values.map((value) => [value.locale ?? value.scope, contentOf(value)]),
    );
  }
  const locales = Map.groupBy(values, ({ locale }) => locale);
  return Object.fromEntries(
    [...locales].map(([locale, all]) => [
      locale,
      Object.fromEntries(all.map((value) => [value.scope, contentOf(value)])),
    ]),
  );
}
