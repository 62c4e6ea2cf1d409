import { SHOPIFY } from './shopify.ts';
import type { Source } from './source.ts';

/** Every kind of sender, by the name that settings, addresses and the command line have for it. */
export const SOURCES = {
  shopify: SHOPIFY,
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof SOURCES;

export const SOURCE_NAMES: readonly SourceName[] = ['shopify'];
