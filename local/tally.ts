import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import type { EventSourceObserver } from './lambda/event-source.ts';

/** A line of metrics in CloudWatch's embedded format, as far as it is counted here. */
const MetricsLine = z.looseObject({
  _aws: z.object({}),
  /** Lines of single reasons repeat what the totals hold. */
  reason: z.undefined().optional(),
  Calls: z.number().optional(),
  Images: z.number().optional(),
  Coalesced: z.number().optional(),
  Superseded: z.number().optional(),
  Unchanged: z.number().optional(),
  ListCalls: z.number().optional(),
  LedgerReads: z.number().optional(),
  LedgerWrites: z.number().optional(),
});

/** Told what happens to records. */
export interface TallyListeners {
  /** A record left the queue by deletion. */
  readonly onDeleted?: ((record: SQSRecord) => void) | undefined;
  /** An invocation left these in the queue; often none. */
  readonly onReturned?: ((messageIds: readonly string[], why: string) => void) | undefined;
}

/** Counts what a local system does, from what the function reports and the event source does. */
export class Tally implements EventSourceObserver {
  /** Records that left the queue by deletion: acknowledged, or dead-lettered by the function. */
  readonly deletedIds = new Set<string>();
  /** Times that a record was left in the queue. */
  returns = 0;
  /** Why records were last left in the queue. */
  lastReturn: string | undefined;
  invocations = 0;
  /** Seconds that invocations took, all together: what Lambda would bill. */
  invocationSeconds = 0;
  calls = 0;
  images = 0;
  coalesced = 0;
  superseded = 0;
  unchanged = 0;
  listCalls = 0;
  ledgerReads = 0;
  ledgerWrites = 0;
  readonly #onDeleted: TallyListeners['onDeleted'];
  readonly #onReturned: TallyListeners['onReturned'];

  constructor({ onDeleted, onReturned }: TallyListeners = {}) {
    this.#onDeleted = onDeleted;
    this.#onReturned = onReturned;
  }

  deleted(records: readonly SQSRecord[]): void {
    for (const record of records) {
      this.deletedIds.add(record.messageId);
      this.#onDeleted?.(record);
    }
  }

  returned(messageIds: readonly string[], why: string): void {
    this.returns += messageIds.length;
    if (messageIds.length > 0) this.lastReturn = why;
    this.#onReturned?.(messageIds, why);
  }

  invoked(seconds: number): void {
    this.invocations += 1;
    this.invocationSeconds += seconds;
  }

  /** Reads one line that the function wrote. */
  readLine(line: string): void {
    if (!line.includes('"_aws"')) return;
    const { data } = MetricsLine.safeParse(jsonOrUndefined(line));
    this.calls += data?.Calls ?? 0;
    this.images += data?.Images ?? 0;
    this.coalesced += data?.Coalesced ?? 0;
    this.superseded += data?.Superseded ?? 0;
    this.unchanged += data?.Unchanged ?? 0;
    this.listCalls += data?.ListCalls ?? 0;
    this.ledgerReads += data?.LedgerReads ?? 0;
    this.ledgerWrites += data?.LedgerWrites ?? 0;
  }
}
