import type { Length } from '../../../infra/doctor/probed.ts';
import { NotSeen } from '../not-seen.ts';
import type { Question, Writing } from './question.ts';

/** What is tried first; longer texts than these hardly describe an image. */
const LONGEST = { title: 1_000, description: 4_000 } as const;
/** Ends of fields that are found often, so that most limits take few calls to find. */
const LIKELY = [50, 100, 128, 200, 255, 256, 300, 400, 500, 512, 1_000, 1_024, 2_000, 2_048, 3_000];
/** Updates that a search may take, each with a look after it. */
const MOST_TRIES = 8;

/** How long a text may be. What is cut shows it at once; what is refused is searched for. */
export const LENGTH_QUESTIONS: readonly Question<Writing>[] = [
  {
    facts: ['titleLength'],
    about: 'the longest title',
    ask: async (writing) => ({ titleLength: await lengthOf(writing, 'title') }),
  },
  {
    facts: ['descriptionLength'],
    about: 'the longest description',
    ask: async (writing) => ({ descriptionLength: await lengthOf(writing, 'description') }),
  },
];

/** One character more is tried where the lower end is a likely limit. */
export function nextLength(whole: number, tooLong: number): number {
  const between = LIKELY.filter((length) => length > whole && length < tooLong);
  const middle = between[Math.floor(between.length / 2)];
  if (middle !== undefined) return middle;
  return LIKELY.includes(whole) ? whole + 1 : Math.floor((whole + tooLong) / 2);
}

async function lengthOf(
  { subjects, fresh }: Writing,
  field: 'title' | 'description',
): Promise<Length> {
  const [guid] = subjects.guids;
  let whole = 0;
  let tooLong: number | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const length: number = tooLong === undefined ? LONGEST[field] : nextLength(whole, tooLong);
    const sent = fresh('Long').padEnd(length, 'abcdefghij').slice(0, length - 1).concat('x');
    const { answer, before, after } = await subjects.write([{ guid, [field]: sent }]);
    const shown = after.get(guid)?.[field] ?? '';
    if (answer.kind === 'success') {
      if (shown === sent) whole = length;
      else if (shown === before.get(guid)?.[field]) throw new NotSeen('the call was not taken');
      else if (sent.startsWith(shown)) return { whole: shown.length, tooLong: length, beyond: 'cut' };
      else throw new NotSeen('a long text became another one');
    } else tooLong = length;
    if (tooLong === undefined) return { whole };
    if (tooLong - whole <= 1) break;
  }
  // Even the shortest was refused: for whatever cause, it was not its length.
  if (whole === 0) throw new NotSeen('every length was refused');
  return { whole, ...(tooLong && { tooLong, beyond: 'refused' as const }) };
}
