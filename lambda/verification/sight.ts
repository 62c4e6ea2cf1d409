import { hashOf } from '../images/hash.ts';
import type { Mark } from '../ledger/item.ts';
import { isConfirmedText } from '../ledger/standing.ts';
import type { Rewriting } from './rewriting.ts';

/** What a list shows of one field after an update. */
export type Sight =
  /** The text as it was sent. */
  | 'taken'
  /** What FinerWorks makes of the text that was sent. */
  | 'rewritten'
  /** The text as it was before: not taken, or seen too early. */
  | 'before'
  /** Neither: rewritten as well, unless the list is so late that it shows what was there in between. */
  | 'strange';

export interface Seen {
  readonly sent: string;
  /** What a list showed before the update. */
  readonly before: string;
  readonly shown: string;
  /** What the ledger knew as confirmed before the invocation. */
  readonly mark: Mark | undefined;
}

/** Compares what is shown with what was sent and with what was there. */
export function sightOf({ sent, before, shown, mark }: Seen, rewriting: Rewriting): Sight {
  if (shown === sent) return 'taken';
  if (isStoredAs(sent, shown, mark) || rewriting.isPlausible(sent, shown)) return 'rewritten';
  if (shown === before) return 'before';
  // The list before the update may have been late as well.
  return mark !== undefined && isConfirmedText(shown, mark) ? 'before' : 'strange';
}

/** Whether FinerWorks is known to store the one text as the other. */
export function isStoredAs(sent: string, shown: string, mark: Mark | undefined): boolean {
  return mark?.storedHash === hashOf(shown) && mark.hash === hashOf(sent);
}
