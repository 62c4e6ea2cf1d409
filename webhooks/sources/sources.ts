import { AKENEO } from './akeneo.ts';
import { CLOUDINARY } from './cloudinary.ts';
import { CONTENTFUL } from './contentful.ts';
import { SHOPIFY } from './shopify.ts';
import type { Source } from './source.ts';
import type { SourceName } from './source-names.ts';
import { STANDARD_WEBHOOKS } from './standard-webhooks.ts';
import { WOOCOMMERCE } from './woocommerce.ts';

/** Every kind of sender. */
export const SOURCES: Readonly<Record<SourceName, Source>> = {
  'standard-webhooks': STANDARD_WEBHOOKS,
  shopify: SHOPIFY,
  woocommerce: WOOCOMMERCE,
  akeneo: AKENEO,
  contentful: CONTENTFUL,
  cloudinary: CLOUDINARY,
};
