import { NotSeen } from '../not-seen.ts';
import type { Question, Writing } from './question.ts';

/** What becomes of a field that is left out, null or empty, beside one that changes. */
export const FIELD_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['omitted'],
    about: 'a field that is left out',
    ask: async (writing) => {
      const description = await fateOf(writing, 'description', undefined);
      if (description !== 'kept') return { omitted: description };
      return { omitted: await fateOf(writing, 'title', undefined) };
    },
  },
  {
    facts: ['nulls'],
    about: 'a field that is null',
    ask: async (writing) => ({ nulls: await fateOf(writing, 'description', null) }),
  },
  {
    facts: ['empty'],
    about: 'an empty text',
    ask: async (writing) => {
      const seen = await fateOf(writing, 'description', '');
      if (seen === 'changed') throw new NotSeen('it became another text');
      return { empty: seen };
    },
  },
];

/** @param value what is sent as the field, which is filled before; undefined to leave it out */
async function fateOf(
  { subjects, fresh }: Writing,
  field: 'title' | 'description',
  value: '' | null | undefined,
): Promise<'kept' | 'blanked' | 'changed' | 'refused'> {
  const [guid] = subjects.guids;
  // Of an empty field nobody could see what becomes of it.
  if (!subjects.shownLast?.get(guid)?.[field]) {
    await subjects.write([{ guid, title: fresh('Title'), description: fresh('Description') }]);
  }
  const other = field === 'title' ? 'description' : 'title';
  const sent = fresh('Other');
  const image = { guid, [other]: sent, ...(value !== undefined && { [field]: value }) };
  const { answer, before, after } = await subjects.write([image]);
  if (answer.kind === 'refused') return 'refused';
  const filled = before.get(guid)?.[field] ?? '';
  const left = after.get(guid)?.[field] ?? '';
  if (filled === '') throw new NotSeen('the field could not be filled before');
  if (after.get(guid)?.[other] !== sent) throw new NotSeen('the call was not taken');
  if (left === filled) return 'kept';
  return left === '' ? 'blanked' : 'changed';
}
