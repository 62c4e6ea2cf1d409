import type { EachField, Field } from '../../lambda/contract/fields.ts';
import type { Readings } from './readings.ts';

/** The limits of FinerWorks' own file manager (docs/finerworks-api.md), in UTF-16 code units. */
const MOST: EachField<number> = { title: 50, description: 1_000 };

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** What is stored of a text. */
export function storedText(field: Field, text: string, readings: Readings): string {
  const decoded = readings.has('decode-entities')
    ? text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    : text;
  const trimmed = readings.has('trim-texts') ? decoded.trim() : decoded;
  return readings.has('cut-texts') ? trimmed.slice(0, MOST[field]) : trimmed;
}

/**
 * Those of a call's images that are taken, one at least.
 *
 * @param random from 0 (included) to 1 (excluded)
 */
export function takenOf<Image>(
  images: readonly Image[],
  readings: Readings,
  random: () => number,
): readonly Image[] {
  if (readings.has('first-only')) return images.slice(0, 1);
  return readings.has('random-subset') ? someOf(images, random) : images;
}

/** Those of the images that were taken which an answer lists, one at least. */
export function listedOf<Image>(
  taken: readonly Image[],
  readings: Readings,
  random: () => number,
): readonly Image[] {
  return readings.has('partial-images') ? someOf(taken, random) : taken;
}

/** A guid as answers write it. */
export function writtenGuid(guid: string, readings: Readings): string {
  return readings.has('guids-in-capitals') ? guid.toUpperCase() : guid;
}

function someOf<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const one = Math.floor(random() * items.length);
  return items.filter((_item, at) => random() < 0.5 || at === one);
}
