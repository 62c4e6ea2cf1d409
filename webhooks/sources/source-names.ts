/** Every kind of sender, by the name that settings, addresses and the command line have for it. */
export const SOURCE_NAMES = [
  'standard-webhooks',
  'shopify',
  'woocommerce',
  'akeneo',
  'contentful',
  'cloudinary',
] as const;

export type SourceName = (typeof SOURCE_NAMES)[number];

/** As people know them. */
export const SOURCE_TITLES: Readonly<Record<SourceName, string>> = {
  'standard-webhooks': 'Standard Webhooks',
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
  akeneo: 'Akeneo',
  contentful: 'Contentful',
  cloudinary: 'Cloudinary',
};
