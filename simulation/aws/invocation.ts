import type { Keys } from '../../lambda/finerworks/keys.ts';
import type { CallRecord } from '../finerworks/call-record.ts';
import type { ProducedEvent } from '../producer/event.ts';
import type { Received } from './source-queue.ts';

/** One reading of the secret. */
export interface KeyReading {
  readonly at: number;
  /** Past the cache, because the keys that are held were refused. */
  readonly isReload: boolean;
  /** Undefined where it could not be read. */
  keys?: Keys;
}

/** Everything that an invocation did to the world, for the oracle. */
export interface Invocation {
  /** For people: `i7`. */
  readonly name: string;
  /** Milliseconds since 1970, as all times. */
  readonly startedAt: number;
  /** When Lambda ends it. */
  readonly endsAt: number;
  readonly records: readonly Received[];
  readonly calls: CallRecord[];
  /** What `Retry-After` asked for where the inventory was looked at, in milliseconds. */
  readonly looksPutOff: number[];
  readonly keyReadings: KeyReading[];
  /** When the function's own code began, the keys being there. */
  flowStartedAt: number | undefined;
  /** Events whose dead letter the queue has confirmed. */
  readonly buried: Set<ProducedEvent>;
  /** Receipts whose visibility was to be changed. */
  readonly postponed: Set<string>;
  /** Which requests went wrong: to the dead-letter queue, for visibility, the secret, the ledger. */
  readonly troubled: Set<'deadLetters' | 'visibility' | 'secret' | 'ledger'>;
  /** How it ended; undefined while it runs. */
  end: 'answered' | 'failed' | 'died' | 'timedOut' | undefined;
}
