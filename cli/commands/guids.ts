import { Command } from 'commander';
import * as z from 'zod';
import { openTarget } from '../aws/target.ts';
import { define } from '../definition.ts';
import { UsageError } from '../errors.ts';
import { textChunks } from '../files/text-chunks.ts';
import { writeWhole } from '../files/write-whole.ts';
import { readKeys } from '../finerworks/finerworks.ts';
import { inventoryOf, keyOf } from '../finerworks/inventory.ts';
import { inventoryCsv } from '../finerworks/inventory-csv.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { plural } from '../terminal/plural.ts';
import { startProgress } from '../terminal/progress.ts';
import { type Terminal, write } from '../terminal/terminal.ts';

/** `guids [SKU…]` */
export const GUIDS = define({
  build: () =>
    addTargetOptions(
      new Command('guids')
        .description(
          'list virtual inventory products as CSV: SKU, image guid, and the product and variant ids of each shop',
        )
        .argument('[skus...]', 'these SKUs only; else all products')
        .option('--sku-file <file>', 'a file with a SKU on each line; - is standard input')
        .option('--out <file>', 'where to write the CSV; else to standard output'),
    ),
  input: TargetOptions.extend({
    skus: z.array(z.string()).default([]),
    skuFile: z.string().optional(),
    out: z.string().optional(),
  }),
  examples: [
    ['guids --out guids.csv', 'all products, to fill a shop’s metafields with'],
    ['guids AP1556P79511 AP1556P79512', 'two of them'],
    ['guids --sku-file skus.txt --out guids.csv', 'as many as a file names, 50 a call'],
  ],
  run: async (input, { terminal }) => {
    const skus = await wantedSkus(input, terminal);
    const { clients, deployment } = await openTarget(input, terminal);
    const settings = await deployment.functionSettings();
    const keys = await readKeys(clients.secretsManager, settings.secretId);
    const bar = startProgress(terminal, skus?.length ?? 0, 'Asking FinerWorks');
    let before = 0;
    const products = await inventoryOf(skus, {
      keys,
      settings,
      onPage: (found) => {
        bar.advance(found - before, plural(found, 'product'));
        before = found;
      },
    });
    bar.stop(plural(products.length, 'product'));
    const known = new Set(products.map(({ sku }) => keyOf(sku)));
    const missing = (skus ?? []).filter((sku) => !known.has(keyOf(sku)));
    const csv = inventoryCsv(products);
    if (input.out !== undefined) await writeWhole(input.out, csv);
    if (missing.length > 0) write(terminal.stderr, `not found: ${missing.join(', ')}\n`);
    return {
      exitCode: missing.length === 0 ? 0 : 1,
      text:
        input.out === undefined
          ? csv.trimEnd()
          : `${plural(products.length, 'product')} written to ${input.out}`,
      json: { products: products.length, missing, ...(input.out ? { file: input.out } : { csv }) },
    };
  },
});

/** @returns undefined for all */
async function wantedSkus(
  { skus, skuFile }: { skus: readonly string[]; skuFile?: string | undefined },
  { stdin }: Terminal,
): Promise<readonly string[] | undefined> {
  if (skuFile === undefined) return skus.length === 0 ? undefined : skus;
  let text = '';
  for await (const chunk of textChunks(skuFile === '-' ? stdin : skuFile)) text += chunk;
  const lines = text.split('\n').map((line) => line.trim());
  const all = [...skus, ...lines.filter((line) => line !== '')];
  if (all.length === 0) throw new UsageError(`${skuFile}: no SKU in it`);
  return all;
}
