import { FIELDS } from '../../lambda/contract/fields.ts';
import { plural } from '../terminal/plural.ts';
import type { FileCheck } from './file-check.ts';
import type { Cleared } from './text-survey.ts';

/** Remarks on a file that can be sent in spite of them, a line each. */
export function remarksOf({ notes, noValues }: FileCheck): readonly string[] {
  const words = Object.entries(noValues).map(
    ([word, count]) => `"${word}" (${count.toLocaleString('en')})`,
  );
  if (words.length === 0) return notes;
  return [
    ...notes,
    `warning: texts that read as no value: ${words.join(', ')}; where none was meant, leave the cell or field out`,
  ];
}

/** `clears 2 titles and 1 description`; undefined where a file clears nothing. */
export function clearingOf(cleared: Cleared): string | undefined {
  const counts = FIELDS.map((field) => ({ field, count: cleared[`${field}s`] ?? 0 }));
  const parts = counts
    .filter(({ count }) => count > 0)
    .map(({ field, count }) => plural(count, field));
  return parts.length === 0 ? undefined : `clears ${parts.join(' and ')}`;
}
