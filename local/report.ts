import { styleText } from 'node:util';
import { keptFailures } from '../lambda/evidence/kept-failures.ts';
import { systemClock } from '../lambda/general/clock.ts';
import { jsonOrUndefined } from '../lambda/general/json-or-undefined.ts';
import { Failure } from '../lambda/settlement/failure.ts';
import type { StoredMessage } from './aws/queues.ts';
import type { LocalSystem } from './system.ts';

/** A dead letter in the report. */
interface ReportedDeadLetter {
  /** Of its first sending. */
  readonly messageId: string;
  readonly reason: string;
  readonly detail: string;
}

/** What became of the events of a run: the object that `--json` prints. */
export interface Report {
  readonly events: number;
  readonly acknowledged: number;
  readonly deadLettered: number;
  /** Still in the queue when the run ended. */
  readonly returned: number;
  /** Images that FinerWorks confirmed. */
  readonly images: number;
  /** Changes that a newer one stood for. */
  readonly coalesced: number;
  /** Changes older than what FinerWorks had confirmed before. */
  readonly superseded: number;
  /** Changes that asked for what FinerWorks has already. */
  readonly unchanged: number;
  /** Calls of update_images. */
  readonly calls: number;
  /** Calls of list_images: preflights, and lists that read back. */
  readonly listCalls: number;
  /** Items of the ledger that were read and written. */
  readonly ledgerReads: number;
  readonly ledgerWrites: number;
  readonly seconds: number;
  readonly deadLetters: readonly ReportedDeadLetter[];
  /** Images of events that were not given up. Not said of a real endpoint. */
  readonly imagesWanted?: number;
  /** Those of them that the stand-in has as they were wanted last. */
  readonly imagesRight?: number;
}

/** Counts what became of the events. @param messageIds of the events that were sent */
export async function reportOf(
  { queues, ledger, tally }: LocalSystem,
  messageIds: readonly string[],
  seconds: number,
): Promise<Report> {
  const letters = await queues.deadLetters();
  const ids = new Set(letters.map(({ messageId }) => messageId));
  const kept = await keptFailures({ ...ledger, clock: systemClock }, [...ids]);
  // A letter that the function sends has a new id.
  const moved = ids.intersection(new Set(messageIds));
  const deadLetters = letters.map((letter) => toReported(letter, kept, moved));
  const dead = new Set(deadLetters.map(({ messageId }) => messageId));
  const acknowledged = messageIds.filter((id) => tally.deletedIds.has(id) && !dead.has(id));
  const deadLettered = messageIds.filter((id) => dead.has(id));
  return {
    events: messageIds.length,
    acknowledged: acknowledged.length,
    deadLettered: deadLettered.length,
    returned: messageIds.length - acknowledged.length - deadLettered.length,
    images: tally.images,
    coalesced: tally.coalesced,
    superseded: tally.superseded,
    unchanged: tally.unchanged,
    calls: tally.calls,
    listCalls: tally.listCalls,
    ledgerReads: tally.ledgerReads,
    ledgerWrites: tally.ledgerWrites,
    seconds: Math.round(seconds * 10) / 10,
    deadLetters,
  };
}

function toReported(
  { messageId, messageAttributes }: StoredMessage,
  kept: ReadonlyMap<string, string>,
  moved: ReadonlySet<string>,
): ReportedDeadLetter {
  const text = messageAttributes.failure?.StringValue ?? kept.get(messageId) ?? '';
  const { data } = Failure.safeParse(jsonOrUndefined(text));
  if (data === undefined) {
    const detail = moved.has(messageId)
      ? 'moved by SQS itself'
      : 'its message has no room for the reason: see the log';
    return { messageId, reason: 'none', detail };
  }
  return { messageId: data.origin.messageId, reason: data.reason, detail: data.detail };
}

/** The report for people. */
export function render(report: Report): string {
  const rows = [
    ['events', report.events],
    ['acknowledged', report.acknowledged],
    ['dead-lettered', report.deadLettered],
    ['still in the queue', report.returned],
    ['images updated', report.images],
    ...(report.imagesRight === undefined
      ? []
      : ([['images right', `${report.imagesRight} of ${report.imagesWanted}`]] as const)),
    ['changes coalesced', report.coalesced],
    ['changes superseded', report.superseded],
    ['changes unchanged', report.unchanged],
    ['update calls', report.calls],
    ['list calls', report.listCalls],
    ['seconds', report.seconds],
  ] as const;
  const table = rows.map(([name, value]) => `  ${name.padEnd(20)}${String(value).padStart(8)}`);
  const dead = report.deadLetters.map(
    ({ messageId, reason, detail }) =>
      `  ${styleText('yellow', reason.padEnd(20))} ${messageId}\n    ${detail.slice(0, 300)}`,
  );
  const heading = dead.length === 0 ? [] : ['', styleText('bold', 'Dead letters')];
  return [styleText('bold', 'Report'), ...table, ...heading, ...dead].join('\n');
}
