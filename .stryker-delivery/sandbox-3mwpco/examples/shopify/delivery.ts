// @ts-nocheck
import * as z from 'zod';

const Text = z.string().nullish();

/**
 * A `products/create` or `products/update` webhook as Shopify's partner event source delivers it:
 * headers in `detail.metadata`, the product in `detail.payload` (shopify.dev: webhooks, delivery
 * structure, and Amazon EventBridge). Metafields come along only for namespaces that the
 * subscription names.
 */
const Delivery = z.object({
  detail: z.object({
    metadata: z.record(z.string(), z.unknown()),
    payload: z.looseObject({ id: z.number() }),
  }),
});

export const Product = z.object({
  id: z.number(),
  title: z.string(),
  body_html: Text,
  images: z.array(z.object({ id: z.number(), alt: Text })),
  metafields: z
    .array(z.object({ namespace: z.string(), key: z.string(), value: z.string() }))
    .optional(),
});
export type Product = z.output<typeof Product>;

/** What the headers of a delivery say. */
export interface Facts {
  /** The same for every delivery of one event. */
  readonly id?: string;
  /** When it happened. */
  readonly time?: string;
}

/** A delivery from which no change can be made. The invocation fails, so that it is not lost. */
export class UnmappableDelivery extends Error {
  override readonly name = 'UnmappableDelivery';
  readonly reason: 'NotADelivery' | 'TooLargeForEventBridge';

  constructor(reason: UnmappableDelivery['reason'], detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
  }
}

/**
 * Reads a delivery.
 *
 * @throws {UnmappableDelivery} where it is none, or is one of those that were too large for
 *   EventBridge and hold only an id: the product has to be asked for then
 */
export function readDelivery(event: unknown): { product: Product; facts: Facts } {
  const delivery = Delivery.safeParse(event);
  if (!delivery.success) {
    throw new UnmappableDelivery('NotADelivery', z.prettifyError(delivery.error));
  }
  const { metadata, payload } = delivery.data.detail;
  const product = Product.safeParse(payload);
  if (product.success) return { product: product.data, facts: factsIn(metadata) };
  if (payload.title === undefined && payload.images === undefined) {
    throw new UnmappableDelivery('TooLargeForEventBridge', `product ${payload.id} has only its id`);
  }
  throw new UnmappableDelivery('NotADelivery', z.prettifyError(product.error));
}

/** Header names are to be compared without regard to case (shopify.dev: webhooks, headers). */
function factsIn(metadata: Readonly<Record<string, unknown>>): Facts {
  const headers = new Map(
    Object.entries(metadata).map(([name, value]) => [
      name.toLowerCase().replace(/^x-/, ''),
      z.string().min(1).safeParse(value).data,
    ]),
  );
  const id = headers.get('shopify-event-id') ?? headers.get('shopify-webhook-id');
  const time = headers.get('shopify-triggered-at');
  return { ...(id && { id }), ...(time && { time }) };
}
