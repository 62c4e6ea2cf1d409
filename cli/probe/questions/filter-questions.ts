import { randomUUID } from 'node:crypto';
import { list, listUnlessRefused } from '../library.ts';
import { NotSeen } from '../not-seen.ts';
import type { Question, Reading } from './question.ts';

/** What `guid_filter` finds. */
export const FILTER_QUESTIONS: readonly Question<Reading>[] = [
  {
    facts: ['filter'],
    about: 'a filter of one image, in lower case as the function asks',
    ask: async ({ calls, place, firstPage }) => {
      const guid = await guidWithLetters(firstPage);
      const { images } = await list(calls, place, { guids: [guid], perPage: 50 });
      if (images.some((image) => image.guid !== guid)) return { filter: 'ignored' };
      return { filter: images.length === 0 ? 'missed' : 'kept' };
    },
  },
  {
    facts: ['guidCase'],
    about: 'the same in capitals',
    ask: async ({ calls, place, firstPage }) => {
      const guids = [(await guidWithLetters(firstPage)).toUpperCase()];
      const page = await listUnlessRefused(calls, place, { guids, perPage: 50 });
      if (page === undefined) return { guidCase: 'refused' };
      return { guidCase: page.images.length === 0 ? 'kept' : 'folded' };
    },
  },
  {
    facts: ['unknownFilter'],
    about: 'a filter of an image that there is not',
    ask: async ({ calls, place }) => {
      const query = { guids: [randomUUID()], perPage: 50 };
      const page = await listUnlessRefused(calls, place, query);
      if (page === undefined) return { unknownFilter: 'refused' };
      return { unknownFilter: page.images.length === 0 ? 'empty' : 'ignored' };
    },
  },
];

/** @throws {NotSeen} where no guid has two forms */
async function guidWithLetters(
  firstPage: Reading['firstPage'],
): Promise<string> {
  const image = (await firstPage()).images.find(({ guid }) => guid !== guid.toUpperCase());
  if (image === undefined) throw new NotSeen('no guid of the first page has a letter');
  return image.guid;
}
