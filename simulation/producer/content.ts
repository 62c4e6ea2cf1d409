import { FIELDS } from '../../lambda/contract/fields.ts';
import type { SeededRandom } from '../world/random.ts';
import type { WantedImage } from './event.ts';

/**
 * Writes what an event wants in one of the ways in which the contract lets it be written.
 *
 * @param event the event's number, written along so that no two bodies are the same
 */
export function write(
  images: readonly WantedImage[],
  account: string | null,
  event: number,
  random: SeededRandom,
): object {
  const written = images.map((image) => writeImage(image, random));
  const ownAccount = random.pick([{}, { account_key: null }, { account_key: '' }]);
  const accountKey = account === null ? ownAccount : { account_key: account };
  const [only] = written;
  const common = { ...accountKey, event };
  if (written.length === 1 && random.chance(0.5)) return { ...only, ...common };
  // The same image twice with the same values is a habit of some producers, and no fault.
  const repeated = random.chance(0.05) ? random.some(written, 0.3) : [];
  return { images: [...written, ...repeated], ...common };
}

function writeImage(image: WantedImage, random: SeededRandom): object {
  const guid = random.pick([image.guid, image.guid, image.guid.toUpperCase(), `{${image.guid}}`]);
  const absent = FIELDS.filter((field) => image[field] === undefined && random.chance(0.3));
  return { ...image, guid, ...Object.fromEntries(absent.map((field) => [field, null])) };
}
