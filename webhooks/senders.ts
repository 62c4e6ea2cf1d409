import { signerOf } from './signatures/scheme.ts';
import { SCHEMES } from './signatures/schemes.ts';
import type { Signer } from './signatures/signer.ts';
import { STANDARD_WEBHOOKS_SIGNER } from './signatures/standard-webhooks.ts';
import type { SourceName } from './sources/source-names.ts';

/** How the requests of a source look, whatever they say. */
export interface Sender {
  readonly signer: Signer;
  /** The header that names a delivery, where there is one. */
  readonly idHeader?: string;
  /** The header that says what a delivery is about, and its usual value. */
  readonly topic?: { readonly header: string; readonly usual: string };
}

/** Each source as a sender: for doors, which check, and for the command line, which signs. */
export const SENDERS: Readonly<Record<SourceName, Sender>> = {
  'standard-webhooks': {
    signer: STANDARD_WEBHOOKS_SIGNER,
    idHeader: 'webhook-id',
  },
  shopify: {
    signer: signerOf(SCHEMES.shopify),
    idHeader: 'x-shopify-webhook-id',
    topic: { header: 'x-shopify-topic', usual: 'products/update' },
  },
  woocommerce: {
    signer: signerOf(SCHEMES.woocommerce),
    idHeader: 'x-wc-webhook-delivery-id',
    topic: { header: 'x-wc-webhook-topic', usual: 'product.updated' },
  },
  akeneo: { signer: signerOf(SCHEMES.akeneo) },
  contentful: {
    signer: signerOf(SCHEMES.contentful),
    idHeader: 'x-contentful-idempotency-key',
    topic: { header: 'x-contentful-topic', usual: 'ContentManagement.Entry.publish' },
  },
  cloudinary: { signer: signerOf(SCHEMES.cloudinary) },
};
