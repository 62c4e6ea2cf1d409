import type { Invocation } from '../aws/invocation.ts';
import type { CallRecord, ListRecord } from '../finerworks/call-record.ts';

/** An update or a list call, where the difference does not matter. */
export interface Request {
  readonly kind: 'update' | 'list';
  readonly at: number;
  readonly account: string | null;
  readonly guids: readonly string[];
  readonly record: CallRecord | ListRecord;
}

/** What an invocation asked of FinerWorks, in order. */
export function requestsOf({ calls, lists }: Invocation): Request[] {
  const updates = calls.map((record) => ({
    kind: 'update' as const,
    at: record.at,
    account: record.call.account,
    guids: record.call.images.map(({ guid }) => guid),
    record,
  }));
  const asked = lists.map((record) => ({ kind: 'list' as const, ...record, record }));
  return [...updates, ...asked].sort((a, b) => a.at - b.at);
}
