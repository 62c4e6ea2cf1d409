import type { Retry } from '../verdicts/reasons.ts';

/** An image that FinerWorks refused alone. */
export interface RefusedImage {
  readonly guid: string;
  /** When it was refused last, in milliseconds since 1970. */
  readonly at: number;
}

/** What is known of one account's updates, whichever sandbox saw it. */
export interface AccountEvidence {
  /** When FinerWorks last confirmed an update of the account, in milliseconds since 1970; 0 for never. */
  readonly lastSuccessAt: number;
  /**
   * Images refused alone since then, twenty at most: a few are enough to tell one bad image from a refusal
   * of everything, and an item stays small.
   */
  readonly refusedSince: readonly RefusedImage[];
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
  /** How often it went back after a call for it failed: the backoff grows with these. */
  readonly failures: number;
  /** How often its processing began with no other note after it: each time the process died. */
  readonly begun: number;
  /** When the invocation ends that began with it last, in milliseconds since 1970; unset once it came to an end. */
  readonly until?: number | undefined;
  /** How often the message was received then: where it was received more often since, something went wrong. */
  readonly receives: number;
}

/**
 * What invocations leave for one another beside the images' items: evidence of accounts, and notes on
 * messages. All of it may be missing or old: it decides how to go on, never whether an event is done.
 */
export interface EvidenceStore {
  /** Whether every sandbox sees it: else that nothing is known of a message means little. */
  readonly isShared: boolean;
  /** @returns what is known, by account; accounts that nothing is known of are left out */
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
   * can live. Where nothing is shared, nothing is kept: nobody could read it.
   */
  readonly saveFailures: (failures: ReadonlyMap<string, string>) => Promise<void>;
}
