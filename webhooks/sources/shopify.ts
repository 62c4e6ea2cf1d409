import type { JsonObject } from '../../lambda/contract/json.ts';
import { byKey, objectsIn } from '../mapping/by-key.ts';
import { tagsIn } from '../mapping/tags.ts';
import { factsOf, toChanges } from '../mapping/to-changes.ts';
import type { Source } from './source.ts';

const TOPICS = ['products/create', 'products/update'];

/** Products of a Shopify shop, by its HTTPS webhooks (shopify.dev: webhooks, delivery structure). */
export const SHOPIFY: Source = {
  places: {
    guid: 'metafields.finerworks.image_guid',
    title: 'title',
    description: 'body_html',
  },
  headers: ['x-shopify-topic', 'x-shopify-webhook-id', 'x-shopify-shop-domain'],
  map: ({ headers, body }, { places }) => {
    if (!TOPICS.includes(headers['x-shopify-topic'] ?? '')) return { kind: 'ignored' };
    // The time of the body is signed, and that of the headers is not.
    const facts = factsOf(headers['x-shopify-webhook-id'], body.updated_at);
    return toChanges([recordOf(body)], { places, html: ['description'] }, facts);
  },
};

/** Metafields by namespace and key. They come along only where the subscription names their namespace. */
function recordOf(product: JsonObject): JsonObject {
  const namespaces = Map.groupBy(objectsIn(product.metafields), ({ namespace }) => namespace);
  const metafields = [...namespaces].map(([namespace, all]) => [
    namespace,
    byKey(all, ({ key }) => key),
  ]);
  return { ...product, metafields: Object.fromEntries(metafields), tags: tagsIn(product.tags) };
}
