import type { Length } from '../../../infra/doctor/probed.ts';
import { Ended } from '../calls.ts';
import { type Field, writeLongTexts } from './long-texts.ts';
import type { Writing } from './question.ts';

/** Ends of fields that are found often, so that most limits take few calls to find. */
const LIKELY = [50, 100, 128, 200, 255, 256, 300, 400, 500, 512, 1_000, 1_024, 2_000, 2_048, 3_000];
/** Updates that a search may take, each with a list after it. */
const MAX_TRIES = 8;

/** Where a search begins. */
export interface Start {
  /** Tried first, and then one character more. */
  readonly guess: number;
  /** Tried where both are taken; nothing longer is. */
  readonly longest: number;
}

/**
 * Searches for the longest text that is not refused.
 *
 * @returns undefined where nothing was found
 * @throws {NotSeen} where an answer says nothing
 * @throws {Ended} where there are no calls left, and nothing was found by then
 */
export async function searchLength(
  writing: Writing,
  field: Field,
  { longest, guess }: Start,
): Promise<Length | undefined> {
  let [whole, tooLong, refusal] = [0, longest + 1, ''];
  for (let tries = 0; tries < MAX_TRIES && tooLong - whole > 1; tries += 1) {
    const isUnbounded = tooLong > longest && whole > guess;
    const length = isUnbounded ? longest : nextLength(whole, tooLong, guess, refusal);
    const found = await unlessEnded(whole, () => writeLongTexts(writing, { [field]: length }));
    if (found === undefined) break;
    if (found.kind === 'refused') [tooLong, refusal] = [length, found.detail];
    else if (found.lengths[field]?.whole === length) whole = length;
    else return found.lengths[field];
  }
  // Where even the shortest was refused, its length was not the cause.
  if (whole === 0) return undefined;
  return whole === longest ? { whole } : { whole, tooLong, beyond: 'refused' };
}

/**
 * Which length to try next: one that a refusal names, then a guess, and one character more than either; else
 * one that is likely, in the middle.
 */
export function nextLength(whole: number, tooLong: number, guess: number, refusal: string): number {
  const isBetween = (length: number) => length > whole && length < tooLong;
  const named = refusal.match(/\d+/g)?.map(Number) ?? [];
  if (named.includes(whole)) return whole + 1;
  const untried = [...named, guess].find(isBetween);
  if (untried !== undefined) return untried;
  if (whole === guess) return whole + 1;
  const likely = LIKELY.filter(isBetween);
  const middle = likely[Math.floor(likely.length / 2)];
  if (middle !== undefined) return middle;
  return LIKELY.includes(whole) ? whole + 1 : Math.floor((whole + tooLong) / 2);
}

/** Reports what was found before the calls ended, if it is anything. */
async function unlessEnded<Value>(
  whole: number,
  tryIt: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await tryIt();
  } catch (error) {
    if (error instanceof Ended && whole > 0) return undefined;
    throw error;
  }
}
