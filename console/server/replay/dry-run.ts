import { readerAsFunction } from '../../../cli/dead-letters/as-function.ts';
import type { Left } from '../../../cli/dead-letters/redrive.ts';
import type { Managed } from '../managed.ts';
import { ReplayPlan, type ReplayRequest, refuseEditedWebhook } from './replay.ts';

/** Rows that the page shows; the counts are of all. */
const MAX_ROWS = 200;

/** What a replay would do, by the list as it was read last. */
export interface DryRun {
  readonly count: number;
  readonly byReason: Readonly<Record<string, number>>;
  /** Of those, the ones that the function would reject as they are: they would be dead again. */
  readonly diesAgain: number;
  readonly rows: readonly {
    readonly messageId: string;
    readonly reason: string;
    /** As it would be sent. */
    readonly body: string;
    /** Why it would die again; undefined where nothing is known against it. */
    readonly why?: string | undefined;
  }[];
  readonly skippedCount: number;
  readonly skipped: readonly Left[];
}

/** Plans a replay and sends nothing. */
export async function dryRun(managed: Managed, request: ReplayRequest): Promise<DryRun> {
  refuseEditedWebhook(request);
  const { planFor } = new ReplayPlan(request);
  const readAsFunction = readerAsFunction(await managed.limits());
  const skipped: Left[] = [];
  const rows: DryRun['rows'][number][] = [];
  const byReason: Record<string, number> = {};
  let diesAgain = 0;
  for (const letter of managed.snapshotOf(request.from).letters) {
    const plan = planFor(letter);
    if (plan === undefined) continue;
    const { messageId, reason } = letter;
    if ('skipped' in plan) {
      skipped.push({ messageId, why: plan.skipped });
      continue;
    }
    const { MessageBody: body = '' } = plan.message;
    // What a door will make of a webhook it alone knows.
    const read = request.from === 'webhooks' ? undefined : readAsFunction(plan.message);
    const why =
      read !== undefined && 'reason' in read ? `${read.reason}: ${read.detail}` : undefined;
    if (why !== undefined) diesAgain += 1;
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    rows.push({ messageId, reason, body, why });
  }
  return {
    ...{ count: rows.length, byReason, diesAgain, rows: rows.slice(0, MAX_ROWS) },
    ...{ skippedCount: skipped.length, skipped: skipped.slice(0, MAX_ROWS) },
  };
}
