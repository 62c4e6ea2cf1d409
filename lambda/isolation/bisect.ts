import type { Update } from '../images/change.ts';
import type { Hints } from './finding.ts';

/** Three images, one of them bad, take 10/3 calls on average where they are halved, and three singly. */
const SINGLY = 3;

/** Updates that are sent together next. Never empty. */
export type Part = readonly Update[];

/**
 * Divides a refused set into parts to be sent one after another.
 *
 * Images that the refusal names are tried singly, after the others: if the others are taken, FinerWorks
 * takes anything at all. Without names the set is halved, or sent singly where it is small. Images that
 * the answer leaves out are likelier to be bad and go into one half together.
 *
 * @returns two or more parts, of a set of two or more
 */
export function dividedByHints(suspects: Part, hints: Hints): Part[] {
  const named = namedBy(hints, suspects);
  if (named.length > 0) {
    const others = suspects.filter((suspect) => !named.includes(suspect));
    return [others, ...singly(named)];
  }
  const isListed = ({ guid }: Update) => hints.listed?.has(guid) ?? false;
  return halved([
    ...suspects.filter((suspect) => !isListed(suspect)),
    ...suspects.filter((suspect) => isListed(suspect)),
  ]);
}

/** The images that a refusal names; none where it names most of the call, since it then repeats the request. */
export function namedBy({ prose }: Hints, suspects: Part): Part {
  const named = suspects.filter(({ guid }) => prose.includes(guid));
  return named.length <= suspects.length / 2 ? named : [];
}

/** Halves a set, or splits it into single images where it is small. */
export function halved(suspects: Part): Part[] {
  if (suspects.length <= SINGLY) return singly(suspects);
  const middle = Math.ceil(suspects.length / 2);
  return [suspects.slice(0, middle), suspects.slice(middle)];
}

/** Each by itself. */
export function singly(suspects: Part): Part[] {
  return suspects.map((suspect) => [suspect]);
}
