import { randomUUID } from 'node:crypto';
import { listUnlessRefused } from '../library.ts';
import { NotSeen } from '../not-seen.ts';
import type { Question, Reading } from './question.ts';

/** What `guid_filter` finds. */
export const FILTER_QUESTIONS: readonly Question<Reading>[] = [
  {
    facts: ['filter'],
    about: 'a filter of one image, in lower case as the function asks',
    ask: async ({ oneImage }) => {
      const { guid, page } = await oneImage();
      if (page.images.some((image) => image.guid !== guid)) return { filter: 'ignored' };
      return { filter: page.images.length === 0 ? 'missed' : 'kept' };
    },
  },
  {
    facts: ['guidCase'],
    about: 'the same in capitals',
    ask: async ({ calls, place, oneImage }) => {
      const { guid } = await oneImage();
      const guids = [guid.toUpperCase()];
      if (guids.includes(guid)) throw new NotSeen('no guid of the first page has a letter');
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
