import type { Random } from '../general/clock.ts';
import { shuffle } from '../general/shuffle.ts';
import { type ParsedRecord, receivesOf } from './parse-record.ts';

/**
 * Shuffles the images where records came back: if time or the budget ended the last invocation, other
 * images must come first this time, or some of a large event would never be sent.
 */
export function inFreshOrder<Image>(
  images: readonly Image[],
  parsedRecords: readonly ParsedRecord[],
  random: Random,
): readonly Image[] {
  const isRepeated = parsedRecords.some((parsed) => receivesOf(parsed.record) > 1);
  return isRepeated ? shuffle(images, random) : images;
}
