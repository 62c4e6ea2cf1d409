import { randomUUID } from 'node:crypto';
import type { Facts } from '../../../infra/doctor/probed.ts';
import type { Written } from '../written.ts';
import type { Question, Writing } from './question.ts';

/** Where some are taken by chance, half of all calls of two show nothing: of four, one in sixteen does. */
const CALLS_OF_TWO = 4;

/** What a call changes, of one image, of two, and of one beside another that there is not. */
export const CALL_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['single', 'listSeconds'],
    about: 'an update of one image, and how late the list shows it',
    ask: async ({ subjects, fresh }) => {
      const image = imageOf(subjects.guids[0], fresh);
      const { answer, after, seconds } = await subjects.writeFirst([image]);
      if (answer.kind === 'refused') return { single: 'refused' };
      if (seconds === undefined) return { single: 'notTaken' };
      const shown = after.get(image.guid);
      const isAsSent = shown?.title === image.title && shown.description === image.description;
      return { single: isAsSent ? 'taken' : 'rewritten', listSeconds: Math.ceil(seconds) };
    },
  },
  {
    facts: ['many', 'listing'],
    about: 'updates of two images',
    ask: async ({ subjects, fresh }) => {
      const seen: { readonly taken: readonly boolean[]; readonly written: Written }[] = [];
      for (let call = 0; call < CALLS_OF_TWO; call += 1) {
        // In turns, so that the first of a call is not always the same image.
        const guids = call % 2 === 0 ? subjects.guids : subjects.guids.toReversed();
        const written = await subjects.write(guids.map((guid) => imageOf(guid, fresh)));
        if (written.answer.kind === 'refused') return { many: 'refused' };
        seen.push({ taken: guids.map((guid) => isTaken(guid, written)), written });
        // That it is neither all nor the first alone is certain once it was seen.
        if (manyOf(seen.map(({ taken }) => taken)) === 'some') break;
      }
      const listing = listingOf(seen.map(({ written }) => written));
      return { many: manyOf(seen.map(({ taken }) => taken)), listing };
    },
  },
  {
    facts: ['unknownGuid'],
    about: 'an update of one image beside one that there is not',
    ask: async ({ subjects, fresh }) => {
      const image = imageOf(subjects.guids[0], fresh);
      const unknown = imageOf(randomUUID(), fresh);
      const written = await subjects.write([image, unknown]);
      const { answer } = written;
      const isThere = isTaken(image.guid, written);
      if (answer.kind === 'refused') {
        return { unknownGuid: isThere ? 'refusedButTaken' : 'refusesAll' };
      }
      if (!isThere) return { unknownGuid: 'dropsAll' };
      const isNamed = answer.listed !== undefined && !answer.listed.has(unknown.guid);
      return { unknownGuid: isNamed ? 'named' : 'passedOver' };
    },
  },
];

function imageOf(guid: string, fresh: Writing['fresh']) {
  return { guid, title: fresh('Title'), description: fresh('Description') };
}

/** What is sent was never there before: if a text is another one, it was taken, whatever became of it. */
function isTaken(guid: string, { before, after }: Pick<Written, 'before' | 'after'>): boolean {
  const [was, is] = [before.get(guid), after.get(guid)];
  return was?.title !== is?.title || was?.description !== is?.description;
}

function manyOf(calls: readonly (readonly boolean[])[]): NonNullable<Facts['many']> {
  const all = calls.flat();
  if (all.every((taken) => taken)) return 'all';
  if (all.every((taken) => !taken)) return 'none';
  return calls.every(([first, second]) => first && !second) ? 'first' : 'some';
}

/** Whether `images[]` of the answers lists what was taken. */
function listingOf(written: readonly Written[]): NonNullable<Facts['listing']> {
  const listings = written.flatMap(({ answer, before, after }) =>
    answer.kind === 'success' && answer.listed !== undefined
      ? [{ listed: answer.listed, before, after }]
      : [],
  );
  if (listings.length === 0) return 'none';
  const isWhole = listings.every(({ listed, before, after }) =>
    [...after.keys()].every((guid) => listed.has(guid) || !isTaken(guid, { before, after })),
  );
  return isWhole ? 'asTaken' : 'fewer';
}
