// @ts-nocheck
import { fileURLToPath } from 'node:url';
import { readEvents, readGuids } from './events.ts';
import type { Images } from './finerworks/images.ts';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** An image of the inventory library, with products that a shop sells. */
const SOLD = { guid: '5a3c1e00-0000-4000-8000-000000000013', products: ['SHOP-1', 'SHOP-2'] };

/**
 * The sample that `npm start` runs: most events at once, and then some that come late, or ask for
 * what is there already.
 */
export async function sampleEvents(): Promise<string[][]> {
  return [
    await readEvents(pathOf('sample-events.ndjson')),
    await readEvents(pathOf('sample-events-later.ndjson')),
  ];
}

/** Lets the stand-in know the images that the sample is about. */
export async function addSampleImages(images: Images): Promise<void> {
  images.add([SOLD.guid], { library: 'inventory', products: SOLD.products });
  images.add(await readGuids(pathOf('sample-images.txt')));
}
