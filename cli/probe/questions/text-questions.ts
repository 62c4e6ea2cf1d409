import type { Facts } from '../../../infra/doctor/probed.ts';
import { NotSeen } from '../not-seen.ts';
import type { Wanted } from '../subjects.ts';
import type { Question, Writing } from './question.ts';

/** A sunflower, and a family of three that joiners hold together. */
const EMOJI = '\u{1f33b} \u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
const BREAKS = 'one\ntwo\r\nthree';
const ENTITIES = 'a &amp; b &lt;i&gt;';
const DECODED = 'a & b <i>';
const ENCODED = 'a &amp;amp; b &amp;lt;i&amp;gt;';

/** A text as it is stored; null where it was refused. */
type Stored = string | null;

/** What becomes of texts that servers like to rewrite: two of them a call. */
export const TEXT_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['emoji', 'lineBreaks'],
    about: 'emoji and line breaks',
    ask: async (writing) => {
      const title = `${writing.fresh('Emoji')} ${EMOJI}`;
      const description = `${writing.fresh('Breaks')} ${BREAKS}`;
      const stored = await storedOf(writing, { title, description });
      const lineBreaks = keptOr(stored.description, BREAKS);
      return { emoji: keptOr(stored.title, EMOJI), lineBreaks };
    },
  },
  {
    facts: ['entities', 'blanks'],
    about: 'entities, and blanks at the ends',
    ask: async (writing) => {
      const title = `${writing.fresh('Entities')} ${ENTITIES}`;
      const description = `  ${writing.fresh('Blanks')}  `;
      const stored = await storedOf(writing, { title, description });
      return {
        entities: entitiesOf(stored.title),
        blanks: blanksOf(stored.description, description),
      };
    },
  },
];

/** Writes both texts; where they are refused together, each alone. */
async function storedOf(
  writing: Writing,
  texts: { readonly title: string; readonly description: string },
): Promise<{ readonly title: Stored; readonly description: Stored }> {
  const { subjects } = writing;
  const [guid] = subjects.guids;
  const both = await stored(writing, { guid, ...texts });
  if (both !== undefined) return both;
  const first = await stored(writing, { guid, title: texts.title });
  const second = await stored(writing, { guid, description: texts.description });
  return { title: first?.title ?? null, description: second?.description ?? null };
}

/** @returns undefined where it is refused */
async function stored({ subjects }: Writing, image: Wanted) {
  const { answer, before, after } = await subjects.write([image]);
  if (answer.kind === 'refused') return undefined;
  const [was, is] = [before.get(image.guid), after.get(image.guid)];
  const isAsBefore = was?.title === is?.title && was?.description === is?.description;
  if (isAsBefore) throw new NotSeen('the call was not taken');
  return { title: is?.title ?? '', description: is?.description ?? '' };
}

function keptOr(text: Stored, part: string): 'kept' | 'changed' | 'refused' {
  if (text === null) return 'refused';
  return text.includes(part) ? 'kept' : 'changed';
}

function entitiesOf(text: Stored): NonNullable<Facts['entities']> {
  if (text === null) return 'refused';
  if (text.includes(ENTITIES)) return 'kept';
  if (text.includes(DECODED)) return 'decoded';
  return text.includes(ENCODED) ? 'encoded' : 'changed';
}

function blanksOf(text: Stored, sent: string): NonNullable<Facts['blanks']> {
  if (text === null) return 'refused';
  if (text === sent) return 'kept';
  return text === sent.trim() ? 'trimmed' : 'changed';
}
