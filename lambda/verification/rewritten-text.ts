import { fieldsOf, type Values } from '../contract/fields.ts';
import { excerptOf } from '../general/excerpt.ts';
import type { Update } from '../images/change.ts';

/** Longest excerpt: enough to see how a text was rewritten. */
const LENGTH = 100;

/** A text that FinerWorks rewrote, shortened for a log. */
export interface RewrittenText {
  readonly guid: string;
  readonly field: string;
  readonly sent: string;
  readonly stored: string;
  /** Lengths of both, in UTF-16 code units. */
  readonly lengths: readonly [sent: number, stored: number];
}

/** The first text of an update that was rewritten; undefined where none was. */
export function rewrittenTextOf(update: Update, stored: Values): RewrittenText | undefined {
  const field = fieldsOf(update).find((field) => stored[field] !== undefined);
  if (field === undefined) return undefined;
  const [sent, kept] = [update[field] ?? '', stored[field] ?? ''];
  return {
    guid: update.guid,
    field,
    sent: printable(sent),
    stored: printable(kept),
    lengths: [sent.length, kept.length],
  };
}

/** Without control characters, which would move a terminal's cursor, and without half characters. */
function printable(text: string): string {
  return excerptOf(text, LENGTH).replace(/\p{C}/gu, '\uFFFD');
}
