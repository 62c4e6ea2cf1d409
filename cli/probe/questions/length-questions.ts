import type { Facts, Length } from '../../../infra/doctor/probed.ts';
import { NotSeen } from '../not-seen.ts';
import { searchLength } from './length-search.ts';
import { type Field, writeLongTexts } from './long-texts.ts';
import type { Question, Writing } from './question.ts';

/**
 * What is tried of both at first, since longer texts hardly describe an image; and of each alone, if that is
 * refused, what FinerWorks' own file manager allows (docs/finerworks-api.md).
 */
const LENGTHS = {
  title: { longest: 1_000, guess: 50 },
  description: { longest: 4_000, guess: 1_000 },
} as const;

/** How long texts may be. What is cut shows it at once; what is refused is searched for. */
export const LENGTH_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['titleLength', 'descriptionLength'],
    about: 'long texts',
    ask: async (writing) => {
      const { title, description } = LENGTHS;
      const longest = { title: title.longest, description: description.longest };
      const found = await writeLongTexts(writing, longest);
      if (found.kind === 'refused') throw new NotSeen(found.detail);
      return factsOf(found.lengths);
    },
  },
  {
    facts: ['titleLength'],
    about: 'the longest title',
    ask: async (writing, { titleLength }) => {
      if (titleLength !== undefined) return {};
      return factsOf({ title: await searchLength(writing, 'title', LENGTHS.title) });
    },
  },
  {
    facts: ['descriptionLength'],
    about: 'the longest description',
    ask: async (writing, { descriptionLength }) => {
      if (descriptionLength !== undefined) return {};
      const { description: start } = LENGTHS;
      return factsOf({ description: await searchLength(writing, 'description', start) });
    },
  },
];

function factsOf({ title, description }: Partial<Record<Field, Length | undefined>>): Facts {
  return {
    ...(title && { titleLength: title }),
    ...(description && { descriptionLength: description }),
  };
}
