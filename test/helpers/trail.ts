import { readTrail, type TrailRecord } from '../../lambda/trail/read-trail.ts';
import type { LocalSystem } from '../../local/system.ts';

/** A record of a trail, at a moment that is as good as any. */
export function trailRecord(parts: Partial<TrailRecord>): TrailRecord {
  return {
    ...{ messageId: 'other', sentAt: 1_000_000, at: 1_000_000, receives: 1 },
    ...{ images: 0, guids: [], verdict: 'applied', requestId: 'request', ...parts },
  };
}

/** What the trail of a running system holds, oldest first. */
export async function trailOf({
  ledger,
  functionEnvironment,
}: LocalSystem): Promise<TrailRecord[]> {
  const now = Date.now();
  const period = { from: now - 3_600_000, to: now };
  const table = functionEnvironment.TRAIL_TABLE ?? '';
  const hours = await Array.fromAsync(readTrail(ledger.client, table, period));
  return hours.flatMap(({ records }) => records).toSorted((one, other) => one.at - other.at);
}
