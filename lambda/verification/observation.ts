import { hashOf } from '../general/hash.ts';
import type { ConfirmedValue, FieldEntry } from '../ledger/item.ts';
import { isFormerText, lateUntil, withoutAttempts } from '../ledger/standing.ts';
import type { Rewriting } from './rewriting.ts';

/** What a list shows of one field after an update. */
export type Observation =
  /** The text as it was sent. */
  | 'taken'
  /** What FinerWorks makes of the text that was sent. */
  | 'rewritten'
  /** The text as it was before: not taken, or listed too early. */
  | 'before'
  /** Neither; the list may show what FinerWorks made of an earlier text. */
  | 'doubtful'
  /** Neither; also rewritten, unless the list is so late that it shows a text from in between. */
  | 'strange';

/** The texts that an observation compares. */
export interface ObservedTexts {
  readonly sent: string;
  /** What a list showed before the update. */
  readonly before: string;
  readonly shown: string;
  /** What the invocation sent of the field before. */
  readonly earlier?: string | undefined;
  /** What the ledger knew of the field before the invocation. */
  readonly known: FieldEntry | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Compares what is shown with what was sent and with what was there. */
export function observe(texts: ObservedTexts, rewriting: Rewriting): Observation {
  const { sent, before, shown, earlier = sent, known } = texts;
  if (shown === sent) return 'taken';
  if (isStoredAs(sent, shown, known?.settled)) return 'rewritten';
  // An invocation is shorter than lists may be late.
  const isLate = earlier !== sent || mayBeLate(texts);
  const isFormer = shown === earlier || isFormerText(shown, known);
  if (isFormer && isLate) return 'before';
  if (rewriting.isPlausible(sent, shown)) return 'rewritten';
  // The list before the update may have been late as well.
  if (isFormer) return 'before';
  if (!isLate && wasStrange(sent, known)) return 'rewritten';
  if (shown === before) return 'before';
  return isLate ? 'doubtful' : 'strange';
}

/** Whether the list before the update may have been late. */
function mayBeLate({ sent, before, known, now }: ObservedTexts): boolean {
  return now < (lateUntil(before, withoutAttempts(known, sent)) ?? 0);
}

/** Whether FinerWorks is known to store the sent text as the shown one. */
export function isStoredAs(
  sent: string,
  shown: string,
  confirmed: ConfirmedValue | undefined,
): boolean {
  return confirmed?.storedHash === hashOf(shown) && confirmed.hash === hashOf(sent);
}

/** Whether an earlier attempt to send the same text was followed by one that nobody sent. */
function wasStrange(sent: string, known: FieldEntry | undefined): boolean {
  const hash = hashOf(sent);
  return known?.unsettled.some((one) => one.hash === hash && one.wasStrange === true) ?? false;
}
