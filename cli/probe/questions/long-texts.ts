import type { Length } from '../../../infra/doctor/probed.ts';
import { NotSeen } from '../not-seen.ts';
import type { Writing } from './question.ts';

export type Field = 'title' | 'description';

/** What happened to long texts. A text that was rewritten counts as not seen. */
export type LongTexts =
  | { readonly kind: 'taken'; readonly lengths: Partial<Record<Field, Length>> }
  | { readonly kind: 'refused'; readonly detail: string };

/**
 * Sends texts of so many characters in one call.
 *
 * @throws {NotSeen} where nothing can be said of them
 * @throws {Ended}
 */
export async function writeLongTexts(
  { subjects, fresh }: Writing,
  wanted: Partial<Record<Field, number>>,
): Promise<LongTexts> {
  const [guid] = subjects.guids;
  const sent = Object.fromEntries(
    Object.entries(wanted).map(([field, length]) => {
      return [field, fresh('Long').padEnd(length, 'abcdefghij').slice(0, length)];
    }),
  );
  const { answer, before, after } = await subjects.write([{ guid, ...sent }]);
  if (answer.kind === 'refused') return answer;
  const fields = (['title', 'description'] as const).filter((field) => field in sent);
  const isAsBefore = fields.every(
    (field) => after.get(guid)?.[field] === before.get(guid)?.[field],
  );
  if (isAsBefore) throw new NotSeen('the call was not taken');
  const lengths = fields.flatMap((field) => {
    const length = lengthOf(sent[field] ?? '', after.get(guid)?.[field] ?? '');
    return length === undefined ? [] : [[field, length] as const];
  });
  return { kind: 'taken', lengths: Object.fromEntries(lengths) };
}

function lengthOf(sent: string, shown: string): Length | undefined {
  if (shown === sent) return { whole: sent.length };
  if (shown === '' || !sent.startsWith(shown)) return undefined;
  return { whole: shown.length, tooLong: sent.length, beyond: 'cut' };
}
