import type { EvidenceTable } from '../aws/evidence-table.ts';
import type { KeyRing } from '../aws/key-ring.ts';
import type { LedgerTable } from '../aws/ledger-table.ts';
import type { SourceQueue } from '../aws/source-queue.ts';
import type { Api } from '../finerworks/api.ts';
import type { Library } from '../finerworks/library.ts';
import type { ListApi } from '../finerworks/list-api.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Product } from '../product.ts';
import type { Killer, Settings } from '../scenario.ts';
import type { Conditions } from './conditions.ts';
import type { SeededRandom } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

/** Everything there is in one run. */
export interface World {
  readonly product: Product;
  readonly settings: Settings;
  /** Milliseconds until pollers that found nothing poll again. */
  readonly idleInterval: number;
  /** Whether a new message wakes them. */
  readonly isAttentive: boolean;
  /** Pollers that gather side by side; undefined where each place for an invocation gathers for itself. */
  readonly pollers: number | undefined;
  readonly killer: Killer | undefined;
  /** Milliseconds that a request takes which tells outcomes; undefined where it takes none. */
  readonly outcomeRequest: number | undefined;
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly conditions: Conditions;
  readonly trace: Trace;
  readonly oracle: Oracle;
  readonly queue: SourceQueue;
  readonly api: Api;
  readonly lists: ListApi;
  readonly library: Library;
  readonly ledger: LedgerTable;
  readonly evidence: EvidenceTable;
  readonly keyRing: KeyRing;
}
