import type { Retry } from '../verdicts/reasons.ts';

/** What any sandbox saw of one account's updates. */
export interface AccountEvidence {
  /** When FinerWorks last confirmed an update of the account, in milliseconds since 1970; 0 for never. */
  readonly lastSuccessAt: number;
  /**
   * Images refused alone since then, twenty at most: enough to tell one bad image from a refusal of
   * everything, and the item stays small.
   */
  readonly refusedSince: readonly {
    readonly guid: string;
    /** When it was refused last, in milliseconds since 1970. */
    readonly at: number;
  }[];
}

/** How many images of a call FinerWorks was seen to take. */
export interface CallSizeEvidence {
  readonly images: number;
  /** When that was seen, in milliseconds since 1970. */
  readonly at: number;
}

/** Why a message went back to the queue the last time. */
export interface MessageNote {
  readonly reason: Retry;
  readonly detail: string;
  /** How often it went back after a failed call: the backoff grows with these. */
  readonly failures: number;
  /** How often its processing began and left no other note: each time the process died. */
  readonly begun: number;
  /** When the invocation ends that last began with it, in milliseconds since 1970; unset once it ended. */
  readonly until?: number | undefined;
  /** How often the message was received by then: more receives since mean that something went wrong. */
  readonly receives: number;
}

/**
 * What invocations leave for one another beside the items of images: evidence of accounts, and notes
 * on messages. All of it may be missing or old: it decides how to go on, never whether an event is done.
 */
export interface EvidenceStore {
  /** Whether every sandbox sees it: if not, a missing note means little. */
  readonly isShared: boolean;
  /** @returns what is known, by account; unknown accounts are left out */
  readonly loadAccounts: (
    accounts: readonly (string | null)[],
  ) => Promise<ReadonlyMap<string | null, AccountEvidence>>;
  readonly saveAccount: (account: string | null, evidence: AccountEvidence) => Promise<void>;
  /** Of the whole deployment. @returns undefined where nothing is known */
  readonly loadCallSize: () => Promise<CallSizeEvidence | undefined>;
  readonly saveCallSize: (evidence: CallSizeEvidence) => Promise<void>;
  /** @returns the notes that there are, by message id */
  readonly loadNotes: (messageIds: readonly string[]) => Promise<ReadonlyMap<string, MessageNote>>;
  /** Replaces the notes of these messages. */
  readonly saveNotes: (notes: ReadonlyMap<string, MessageNote>) => Promise<void>;
  /**
   * Keeps texts of `failure` that dead letters have no room for, by message id, for as long as a letter
   * can live. A store that is not shared keeps nothing: nobody could read it.
   */
  readonly saveFailures: (failures: ReadonlyMap<string, string>) => Promise<void>;
}
