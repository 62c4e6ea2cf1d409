import type { Field } from '../contract/fields.ts';
import type { Change, Update } from '../images/change.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { FieldEntry } from './item.ts';

/** The images of calls that may have taken effect. */
export interface SentImages {
  readonly sent: ReadonlySet<string>;
  /** Those with a call that may still be under way: its time ran out, or its connection broke. */
  readonly doubtful: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * The memory between invocations, for one of them. Each step records what it decides and returns what
 * is left.
 */
export interface Ledger {
  /** Whether anything is remembered: not with the setting `ledger: off`. */
  readonly isKept: boolean;
  /** Items read from the table and written to it. */
  readonly figures: LedgerFigures;
  /** Reads every image, and takes out changes that are older than what is known. */
  readonly filterStale: (
    changes: readonly Change[],
    registry: VerdictRegistry,
  ) => Promise<Change[]>;
  /** Takes out values that FinerWorks has already, and takes the lease of each image that is left. */
  readonly acquireLeases: (
    updates: readonly Update[],
    registry: VerdictRegistry,
  ) => Promise<Update[]>;
  /**
   * Whether a list of FinerWorks that shows this value can't be believed, by what was known of the
   * image before this invocation took its lease.
   */
  readonly contradicts: (guid: string, field: Field, shown: string) => boolean;
  /** What was known of a field before this invocation took the lease; undefined for nothing. */
  readonly known: (guid: string, field: Field) => FieldEntry | undefined;
  /** Until when such a list may only be late, see `lateUntil` in standing.ts. */
  readonly lateUntil: (guid: string, field: Field, shown: string) => number | undefined;
  /**
   * Writes the verdicts of images that are decided, and frees their leases. Where that fails, the
   * verdicts become retries: nothing is acknowledged that the ledger does not know.
   */
  readonly commit: (
    guids: Iterable<string>,
    registry: VerdictRegistry,
    sentImages: SentImages,
  ) => Promise<void>;
  /** Every image whose lease is held. */
  readonly held: () => string[];
  /** Forgets changes that will never be sent again, so that no older one waits for them. */
  readonly abandon: (changes: readonly Change[]) => Promise<void>;
}

export interface LedgerFigures {
  readonly ledgerReads: number;
  readonly ledgerWrites: number;
}

/** No memory, for the setting `ledger: off`: every change is new. */
export const WITHOUT_LEDGER: Ledger = {
  isKept: false,
  figures: { ledgerReads: 0, ledgerWrites: 0 },
  filterStale: async (changes) => [...changes],
  acquireLeases: async (updates) => [...updates],
  contradicts: () => false,
  known: () => undefined,
  lateUntil: () => undefined,
  commit: async () => {},
  held: () => [],
  abandon: async () => {},
};
