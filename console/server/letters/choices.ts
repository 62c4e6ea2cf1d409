import type { DeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { reasonsOf } from '../../../cli/dead-letters/filter.ts';
import { countsOf } from '../../../cli/dead-letters/groups.ts';

/** Accounts of a flood can be thousands: the page offers those with the most letters. */
const MAX_OFFERED = 500;

/** A value that a filter can have, and how many letters it would leave. */
export type Choice = readonly [value: string, count: number];

/** What filters can be about, by the letters that are there; the most frequent first. */
export interface Choices {
  readonly reason: readonly Choice[];
  readonly source: readonly Choice[];
  readonly account: readonly Choice[];
}

/** What the filters of a page can offer. */
export function choicesOf(letters: readonly DeadLetter[]): Choices {
  const offered = (valuesOf: (letter: DeadLetter) => readonly string[]) =>
    // An object lists keys that are numbers first, and accounts may be numbers.
    Object.entries(countsOf(letters.flatMap(valuesOf)))
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, MAX_OFFERED);
  return {
    reason: offered((letter) => [...new Set(reasonsOf(letter))]),
    source: offered(({ source }) => (source === undefined ? [] : [source])),
    account: offered(({ account }) => (account === undefined ? [] : [account])),
  };
}
