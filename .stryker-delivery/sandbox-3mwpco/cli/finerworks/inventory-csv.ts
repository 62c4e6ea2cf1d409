// @ts-nocheck
import { stringify } from 'csv-stringify/sync';
import type { Product } from './virtual-inventory.ts';

/** The shops of the example in FinerWorks' help (PUT update_virtual_inventory). */
const SHOPS = [
  'shopify_product_id',
  'shopify_variant_id',
  'woocommerce_product_id',
  'woocommerce_variant_id',
  'squarespace_product_id',
  'squarespace_variant_id',
  'wix_inventory_id',
  'wix_product_id',
  'wix_variant_id',
  'etsy_product_id',
];

/**
 * Products as CSV: SKU, image guid, then a column for each id that a shop may have. A cell that a spreadsheet
 * would take for a formula gets an apostrophe before it, which such programs take for text.
 */
export function inventoryCsv(products: readonly Product[]): string {
  const others = products.flatMap(({ shops }) => Object.keys(shops));
  const shops = [...new Set([...SHOPS, ...others])];
  const rows = products.map((product) => [
    product.sku,
    product.guid,
    ...shops.map((shop) => product.shops[shop] ?? ''),
  ]);
  return stringify([['sku', 'image_guid', ...shops], ...rows], { escape_formulas: true });
}
