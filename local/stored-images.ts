import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { ofEachField } from '../lambda/contract/fields.ts';
import { Guid } from '../lambda/contract/image.ts';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import { UsageError } from './events.ts';
import type { Images } from './finerworks/images.ts';

/** How often what has changed is written, in milliseconds. */
const INTERVAL = 200;

const StoredImages = z.array(
  z.object({
    guid: Guid,
    ...ofEachField(() => z.string()),
    library: z.enum(['inventory', 'temporary']),
    products: z.array(z.string()),
  }),
);

/**
 * Keeps the stand-in's images in a file, from one run to the next.
 *
 * @throws {UsageError} where the file holds something else
 */
export function storeImages(images: Images, file: string): Disposable {
  for (const { guid, ...image } of readImages(file)) images.add([guid], image);
  let written = `${images.lastUpdate} ${images.size}`;
  const write = () => {
    const now = `${images.lastUpdate} ${images.size}`;
    if (now === written) return;
    const all = [...images.all()].map(([guid, image]) => ({ guid, ...image }));
    writeFileSync(`${file}.new`, JSON.stringify(all));
    renameSync(`${file}.new`, file);
    written = now;
  };
  const timer = setInterval(write, INTERVAL).unref();
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      write();
    },
  };
}

function readImages(file: string): z.output<typeof StoredImages> {
  if (!existsSync(file)) return [];
  const { data } = StoredImages.safeParse(jsonOrUndefined(readFileSync(file, 'utf8')));
  if (data === undefined) throw new UsageError(`${file}: holds no images of a local system`);
  return data;
}
