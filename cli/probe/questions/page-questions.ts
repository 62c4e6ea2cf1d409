import { list, type ShownImage } from '../library.ts';
import { NotSeen } from '../not-seen.ts';
import type { Question, Reading } from './question.ts';

/** So few that a small library has several pages of them. */
const SMALL_PAGE = 2;
/** As the documentation has it (docs/finerworks-api.md). */
const DEFAULT_PAGE = 10;

/** What pages show, and what stands on them. */
export const PAGE_QUESTIONS: readonly Question<Reading>[] = [
  {
    facts: ['guidsWritten', 'longestShown'],
    about: 'the first page of the library',
    ask: async ({ firstPage }) => {
      const { images } = await firstPage();
      if (images.length === 0) throw new NotSeen('the library shows no image');
      return { guidsWritten: caseOf(images), longestShown: longestOf(images) };
    },
  },
  {
    facts: ['pages', 'count'],
    about: 'pages of two images',
    ask: async ({ calls, place, firstPage, oneImage }) => {
      const { images } = await firstPage();
      if (images.length <= SMALL_PAGE) throw new NotSeen('the library has too few images');
      const first = await list(calls, place, { page: 1, perPage: SMALL_PAGE });
      const second = await list(calls, place, { page: 2, perPage: SMALL_PAGE });
      const known = new Set(first.images.map(({ guid }) => guid));
      const isOther = second.images.every(({ guid }) => !known.has(guid));
      const isKept = first.images.length === SMALL_PAGE && second.images.length > 0 && isOther;
      const count = countOf(first.count, (await oneImage()).page.count, first.images.length);
      return { pages: isKept ? 'kept' : 'ignored', ...(count && { count }) };
    },
  },
  {
    facts: ['defaultPage'],
    about: 'a page of no size',
    ask: async ({ calls, place, firstPage }) => {
      const { images } = await firstPage();
      if (images.length <= DEFAULT_PAGE) throw new NotSeen('the library has too few images');
      return { defaultPage: (await list(calls, place, {})).images.length };
    },
  },
];

function caseOf(images: readonly ShownImage[]): 'lower' | 'upper' | 'mixed' {
  // A guid of digits alone is in both cases.
  if (images.every(({ written }) => written === written.toLowerCase())) return 'lower';
  return images.every(({ written }) => written === written.toUpperCase()) ? 'upper' : 'mixed';
}

function longestOf(images: readonly ShownImage[]) {
  const longest = (texts: readonly (string | null | undefined)[]) =>
    Math.max(0, ...texts.map((text) => text?.length ?? 0));
  return {
    title: longest(images.map(({ title }) => title)),
    description: longest(images.map(({ description }) => description)),
  };
}

/** @param ofPage counted on a page of a larger list; @param ofOne for a filter of one image */
function countOf(ofPage: number | undefined, ofOne: number | undefined, shown: number) {
  if (ofPage === undefined || ofOne === undefined) return 'absent';
  if (ofOne > 1) return 'library';
  if (ofOne < 1) return undefined;
  return ofPage > shown ? 'matching' : 'page';
}
