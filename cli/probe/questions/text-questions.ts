import type { Facts } from '../../../infra/doctor/probed.ts';
import { NotSeen } from '../not-seen.ts';
import type { Wanted } from '../written.ts';
import type { Question, Writing } from './question.ts';

/** A sunflower, and a family of three that joiners hold together. */
const EMOJI = '\u{1f33b} \u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
const ENTITIES = 'a &amp; b';
const DECODED = 'a & b';
const ENCODED = 'a &amp;amp; b';
const BREAKS = 'one\ntwo\r\nthree';
const BLANKS = '  ';

/** What happens to texts that servers often rewrite: together, if that is not refused. */
export const TEXT_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['emoji', 'entities', 'blanks', 'lineBreaks'],
    about: 'emoji, entities, line breaks, and blanks at the ends',
    ask: async (writing) => {
      // Below 50 characters, in case that titles are cut there.
      const title = `${writing.fresh('Texts')} ${EMOJI} ${ENTITIES}`;
      const description = `${BLANKS}${writing.fresh('Texts')} ${BREAKS} .${BLANKS}`;
      const stored = await storedAs(writing, { title, description });
      if (stored === undefined) return oneByOne(writing);
      return {
        emoji: keptOr(stored.title, EMOJI),
        entities: entitiesOf(stored.title),
        blanks: blanksOf(stored.description),
        lineBreaks: keptOr(stored.description, BREAKS),
      };
    },
  },
];

/** Each in a separate call, so that it is known which one is refused. */
async function oneByOne(writing: Writing): Promise<Facts> {
  const storedTitle = async (title: string) => (await storedAs(writing, { title }))?.title;
  const emoji = await storedTitle(`${writing.fresh('Emoji')} ${EMOJI}`);
  const entities = await storedTitle(`${writing.fresh('Entities')} ${ENTITIES}`);
  const blanks = await storedTitle(`${BLANKS}${writing.fresh('Blanks')}${BLANKS}`);
  const breaks = await storedTitle(`${writing.fresh('Breaks')} ${BREAKS}`);
  return {
    emoji: keptOr(emoji, EMOJI),
    entities: entitiesOf(entities),
    blanks: blanksOf(blanks),
    lineBreaks: keptOr(breaks, BREAKS),
  };
}

/** @returns undefined where it is refused */
async function storedAs({ subjects }: Writing, texts: Omit<Wanted, 'guid'>) {
  const [guid] = subjects.guids;
  const { answer, before, after } = await subjects.write([{ guid, ...texts }]);
  if (answer.kind === 'refused') return undefined;
  const [was, is] = [before.get(guid), after.get(guid)];
  const isAsBefore = was?.title === is?.title && was?.description === is?.description;
  if (isAsBefore) throw new NotSeen('the call was not taken');
  return { title: is?.title ?? '', description: is?.description ?? '' };
}

function keptOr(text: string | undefined, part: string): 'kept' | 'changed' | 'refused' {
  if (text === undefined) return 'refused';
  return text.includes(part) ? 'kept' : 'changed';
}

function entitiesOf(text: string | undefined): NonNullable<Facts['entities']> {
  if (text === undefined) return 'refused';
  if (text.includes(ENTITIES)) return 'kept';
  if (text.includes(DECODED)) return 'decoded';
  return text.includes(ENCODED) ? 'encoded' : 'changed';
}

function blanksOf(text: string | undefined): NonNullable<Facts['blanks']> {
  if (text === undefined) return 'refused';
  const isAtStart = text.startsWith(BLANKS);
  const isAtEnd = text.endsWith(BLANKS);
  if (isAtStart && isAtEnd) return 'kept';
  return text === text.trim() ? 'trimmed' : 'changed';
}
