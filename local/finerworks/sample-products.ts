import type { VirtualProduct } from './list-virtual-inventory.ts';

/** A virtual inventory for trying things out: a product of each image, sold in one shop. */
export function sampleProducts(guids: readonly string[]): VirtualProduct[] {
  return guids.map((guid, at) => ({
    sku: `AP1556P${79_511 + at}`,
    image_guid: guid,
    third_party_integrations: {
      shopify_product_id: 123_456_789 + at,
      shopify_variant_id: 24_681_012 + at,
      woocommerce_product_id: 0,
    },
  }));
}
