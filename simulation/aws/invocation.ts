import type { Keys } from '../../lambda/keys/keys.ts';
import type { Outcome } from '../../lambda/outcomes/outcome.ts';
import type { TrailEntry } from '../../lambda/trail/trail-entry.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Received } from './message.ts';

/** One read of the secret. */
export interface KeyReading {
  readonly at: number;
  /** Past the cache, because the current keys were refused. */
  readonly isReload: boolean;
  /** Undefined where it could not be read. */
  keys?: Keys;
}

/** Everything that an invocation did to the world, for the oracle. */
export interface Invocation {
  /** For people: `i7`. */
  readonly name: string;
  /** Which sandbox it ran in: its name is that of the first invocation there. */
  readonly sandbox: string;
  /** Milliseconds since 1970, as all times. */
  readonly startedAt: number;
  /** When Lambda ends it. */
  readonly endsAt: number;
  readonly records: readonly Received[];
  readonly calls: CallRecord[];
  readonly lists: ListRecord[];
  readonly keyReadings: KeyReading[];
  /** When the function's own code began, the keys being there. */
  flowStartedAt: number | undefined;
  /** Events whose dead letter the queue has confirmed. */
  readonly deadLettered: Set<ProducedEvent>;
  /** Images whose items of the ledger it wrote. */
  readonly touched: Set<string>;
  /** Messages that the function deleted from the queue itself. */
  readonly deleted: Set<ProducedEvent>;
  /** Receipts whose visibility was to be changed. */
  readonly postponed: Set<string>;
  /** What the queue was asked to hide, in order. */
  readonly hidden: { readonly handle: string; readonly seconds: number }[];
  /** Why records were returned, by receipt: what the function itself says. */
  readonly reasons: Map<string, string>;
  /** What the trail says of its records. */
  trail: readonly Pick<TrailEntry, 'messageId' | 'verdict'>[];
  /** Outcomes that the bus took. */
  readonly told: Outcome[];
  /** Messages of which the function knows that their outcome was not taken. */
  readonly untold: Set<string>;
  /** Whether a record killed its process. */
  isKilled: boolean;
  /** How often it noted something on messages: before and after each few that may kill the process. */
  notings: number;
  /** Which requests went wrong. */
  readonly troubled: Set<
    'deadLetters' | 'visibility' | 'deletions' | 'secret' | 'ledger' | 'evidence'
  >;
  /** How it ended; undefined while it runs. */
  end: 'answered' | 'failed' | 'died' | 'timedOut' | undefined;
}

/** An invocation that has just begun. */
export function newInvocation(
  given: Pick<Invocation, 'name' | 'sandbox' | 'startedAt' | 'endsAt' | 'records'>,
): Invocation {
  return {
    ...given,
    calls: [],
    lists: [],
    keyReadings: [],
    flowStartedAt: undefined,
    deadLettered: new Set(),
    touched: new Set(),
    deleted: new Set(),
    postponed: new Set(),
    hidden: [],
    reasons: new Map(),
    trail: [],
    told: [],
    untold: new Set(),
    isKilled: false,
    notings: 0,
    troubled: new Set(),
    end: undefined,
  };
}
