import type { Summary } from './summary.ts';

/** What is a letter's own in a detail that many have: guids, quoted texts, places, times, SKUs, long numbers. */
const OWN: readonly (readonly [pattern: RegExp, shared: string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'GUID'],
  [/"[^"]*"/g, '"…"'],
  [/\[\d+\]/g, '[…]'],
  [/(?<![\w…])(?=[\w.:+-]*\d)[\w.:+-]{4,}(?<![.:])/g, '…'],
  [/…(?:, …)+/g, '…'],
  [/\s+/g, ' '],
];

/** Letters of one reason and one detail. */
export interface DetailGroup {
  /** With `…` for what differs, since what is wrong with many is said of each in its own words. */
  readonly detail: string;
  readonly count: number;
  /** When the first and the last of them died. RFC 3339. */
  readonly first: string;
  readonly last: string;
  /** How many are of each source, the largest first; those without one are not counted. */
  readonly sources: Readonly<Record<string, number>>;
  /** Until SQS deletes the one that goes first. */
  readonly daysLeft: number;
  /** The newest first. */
  readonly letters: readonly Summary[];
}

/** Letters of one reason. */
export interface ReasonGroup {
  readonly reason: string;
  readonly count: number;
  /** The newest first. */
  readonly letters: readonly Summary[];
  /** The largest first. */
  readonly details: readonly DetailGroup[];
}

/** A detail without what is the letter's own. */
export function groupDetailOf(detail: string): string {
  return OWN.reduce((text, [pattern, shared]) => text.replaceAll(pattern, shared), detail).trim();
}

/** Groups letters by reason, and by detail in each; the largest group first, in each the newest letter. */
export function groupsOf(summaries: readonly Summary[]): ReasonGroup[] {
  const newestFirst = summaries.toSorted((one, other) => other.time.localeCompare(one.time));
  return [...Map.groupBy(newestFirst, ({ reason }) => reason)]
    .map(([reason, letters]) => ({
      reason,
      count: letters.length,
      letters,
      details: detailGroupsOf(letters),
    }))
    .toSorted(largestFirst);
}

function detailGroupsOf(newestFirst: readonly Summary[]): DetailGroup[] {
  return [...Map.groupBy(newestFirst, ({ detail }) => groupDetailOf(detail))]
    .map(([detail, letters]) => ({
      detail: sameOr(letters, detail),
      count: letters.length,
      first: letters.at(-1)?.time ?? '',
      last: letters[0]?.time ?? '',
      sources: countsOf(letters.flatMap(({ source }) => source ?? [])),
      daysLeft: Math.min(...letters.map(({ daysLeft }) => daysLeft)),
      letters,
    }))
    .toSorted(largestFirst);
}

/** The detail itself where all of a group have the same. */
function sameOr(letters: readonly Summary[], shared: string): string {
  const details = new Set(letters.map(({ detail }) => detail));
  const [only = shared] = details;
  return details.size === 1 ? only : shared;
}

/** How often each text is there, the most frequent first. */
export function countsOf(texts: readonly string[]): Record<string, number> {
  const counted = [...Map.groupBy(texts, (text) => text)].map(([text, all]) => ({
    text,
    count: all.length,
  }));
  return Object.fromEntries(counted.toSorted(largestFirst).map(({ text, count }) => [text, count]));
}

function largestFirst(one: { readonly count: number }, other: { readonly count: number }): number {
  return other.count - one.count;
}
