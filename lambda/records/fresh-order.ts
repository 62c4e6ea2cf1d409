import type { Random } from '../general/clock.ts';
import { shuffle } from '../general/shuffle.ts';
import { type ParsedRecord, receivesOf } from './parse-record.ts';

/**
 * What came back is sent in another order: where time or the budget ends an invocation, other
 * images must get their turn the next time, or some of a large event would never be sent.
 */
export function inFreshOrder<Image>(
  images: readonly Image[],
  parsedRecords: readonly ParsedRecord[],
  random: Random,
): readonly Image[] {
  const isRepeated = parsedRecords.some((parsed) => receivesOf(parsed.record) > 1);
  return isRepeated ? shuffle(images, random) : images;
}
