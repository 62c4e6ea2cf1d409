import { randomUUID } from 'node:crypto';
import { listUnlessRefused, type Page } from '../library.ts';
import type { Question, Reading } from './question.ts';

/** What a session id is for. */
export const SESSION_QUESTIONS: readonly Question<Reading>[] = [
  {
    facts: ['session'],
    about: 'the first page with another session id',
    ask: async ({ calls, place, firstPage }) => {
      const other = { ...place, sessionId: randomUUID() };
      const page = await listUnlessRefused(calls, other, { page: 1, perPage: 50 });
      if (page === undefined) return { session: 'refused' };
      return { session: isSamePage(await firstPage(), page) ? 'any' : 'matters' };
    },
  },
];

/** Images may be added meanwhile; that every one is another is something else. */
function isSamePage(one: Page, other: Page): boolean {
  if (one.images.length === 0) return other.images.length === 0;
  const known = new Set(one.images.map(({ guid }) => guid));
  return other.images.some(({ guid }) => known.has(guid));
}
