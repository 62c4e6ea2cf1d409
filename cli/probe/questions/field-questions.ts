import type { Facts } from '../../../infra/doctor/probed.ts';
import { NotSeen } from '../not-seen.ts';
import type { Wanted } from '../written.ts';
import type { Question, Writing } from './question.ts';

type Field = 'title' | 'description';
/** What happened to a filled field; `other` where it has another text now. */
type Fate = 'kept' | 'blanked' | 'changed';

/** What happens to a field that is left out, null or empty. */
export const FIELD_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['omitted'],
    about: 'a field that is left out',
    ask: async (writing) => {
      for (const [sent, omitted] of [
        ['title', 'description'],
        ['description', 'title'],
      ] as const) {
        const text = writing.fresh('Omitted');
        const found = await fatesOf(writing, { [sent]: text });
        if (found === 'refused') return { omitted: 'refused' };
        if (found[sent] !== 'changed') throw new NotSeen('the call was not taken');
        if (found[omitted] !== 'kept') return { omitted: found[omitted] };
      }
      return { omitted: 'kept' };
    },
  },
  {
    facts: ['nulls', 'empty'],
    about: 'a field that is null, and one that is empty',
    ask: async (writing) => {
      const both = await fatesOf(writing, { title: null, description: '' });
      // Where both are as they were, nobody knows whether the call was taken at all.
      if (both !== 'refused' && (both.title !== 'kept' || both.description !== 'kept')) {
        return { nulls: both.title, ...emptyOf(both.description) };
      }
      const first = await fatesOf(writing, { title: null, description: writing.fresh('Null') });
      const second = await fatesOf(writing, { title: writing.fresh('Empty'), description: '' });
      return {
        nulls: first === 'refused' ? first : first.title,
        ...emptyOf(second === 'refused' ? second : second.description),
      };
    },
  },
];

function emptyOf(fate: Fate | 'refused'): Pick<Facts, 'empty'> {
  // Where an empty text leads to another text, nothing can be concluded.
  return fate === 'changed' ? {} : { empty: fate };
}

/** Writes an image of which both fields are filled. */
async function fatesOf(
  { subjects, fresh }: Writing,
  fields: Omit<Wanted, 'guid'>,
): Promise<Readonly<Record<Field, Fate>> | 'refused'> {
  const [guid] = subjects.guids;
  const shown = subjects.shownLast?.get(guid);
  // A change of an empty field could not be seen.
  if (!shown?.title || !shown.description) {
    await subjects.write([{ guid, title: fresh('Title'), description: fresh('Description') }]);
  }
  const { answer, before, after } = await subjects.write([{ guid, ...fields }]);
  if (answer.kind === 'refused') return 'refused';
  const [was, is] = [before.get(guid), after.get(guid)];
  if (!was?.title || !was.description) throw new NotSeen('the fields could not be filled before');
  return {
    title: fateOf(was.title, is?.title),
    description: fateOf(was.description, is?.description),
  };
}

function fateOf(before: string, after: string | null | undefined): Fate {
  if (after === before) return 'kept';
  return after ? 'changed' : 'blanked';
}
