import type { JsonObject } from '../../lambda/contract/json.ts';
import { byKey, objectsIn } from '../mapping/by-key.ts';
import { tagsIn } from '../mapping/tags.ts';
import { factsOf, toChanges } from '../mapping/to-changes.ts';
import type { Source } from './source.ts';

const TOPICS = ['product.created', 'product.updated', 'product.restored'];

/** Sent once, when a webhook is saved, and not signed (WooCommerce: WC_Webhook, deliver_ping). */
const PING = /^webhook_id=\d+$/;
const LONGEST_PING = 50;

/** Products of a WooCommerce shop (woocommerce.github.io/woocommerce-rest-api-docs: webhooks). */
export const WOOCOMMERCE: Source = {
  places: { guid: 'meta_data.finerworks_guid', title: 'name', description: 'description' },
  isPing: ({ body }) => body.byteLength <= LONGEST_PING && PING.test(body.toString('utf8')),
  headers: ['x-wc-webhook-topic', 'x-wc-webhook-delivery-id', 'x-wc-webhook-source'],
  map: ({ headers, body }, { places }) => {
    if (!TOPICS.includes(headers['x-wc-webhook-topic'] ?? '')) return { kind: 'ignored' };
    const facts = factsOf(idOf(headers['x-wc-webhook-delivery-id'], body), timeOf(body));
    return toChanges([recordOf(body)], { places, html: ['title', 'description'] }, facts);
  },
};

/**
 * The id of a delivery is a hash of the webhook and the second, so that all products of a bulk edit may share it
 * (WooCommerce: WC_Webhook, get_new_delivery_id).
 */
function idOf(deliveryId: string | undefined, { id }: JsonObject): string | undefined {
  return deliveryId === undefined ? undefined : `${deliveryId}-${id}`;
}

/** `date_modified_gmt` is in UTC, and does not say so. */
function timeOf({ date_modified_gmt: modified }: JsonObject): string | undefined {
  return typeof modified === 'string' ? `${modified}Z` : undefined;
}

function recordOf(product: JsonObject): JsonObject {
  return {
    ...product,
    meta_data: byKey(product.meta_data, ({ key }) => key),
    tags: tagsIn(objectsIn(product.tags).map(({ name }) => name)),
  };
}
