import { type RecordOutcome, returnedIds } from '../settlement/settle.ts';
import { trailEntries } from '../trail/trail-entries.ts';
import type { TrailEntry } from '../trail/trail-entry.ts';
import { type Outcome, TELLER, typeOf } from './outcome.ts';
import type { OutcomeKind } from './outcome-kinds.ts';

/** With more, an outcome would not fit into a message of a topic (send-outcomes.ts). */
const MAX_GUIDS = 5_000;

/** An outcome that came back as an event, plain or in an envelope: in a text of JSON, quotes are escaped. */
const IS_OUTCOME = new RegExp(`type\\\\*"\\s*:\\s*\\\\*"${TELLER}\\.`);

/** Which outcomes are told, and by whom. */
export interface OutcomeSettings {
  readonly kinds: readonly OutcomeKind[];
  /** The name of the function. */
  readonly service: string;
}

/** The invocation that settled the records. */
export interface OutcomeContext {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The outcomes of an invocation: one for each message that leaves the queue, heartbeats left out. Nothing is
 * told of what is an outcome itself, because a rule or a subscription that leads them back to the queue would
 * make a circle without end.
 */
export function outcomesToTell(
  outcomes: readonly RecordOutcome[],
  { kinds, service }: OutcomeSettings,
  { requestId, now }: OutcomeContext,
): Outcome[] {
  const entries = trailEntries(leaving(outcomes));
  const told = entries.flatMap((entry) => {
    const kind = kindOf(entry);
    return kind !== undefined && kinds.includes(kind) ? [{ entry, kind }] : [];
  });
  return told.map(({ entry, kind }, number) => ({
    specversion: '1.0',
    id: `${requestId}-${number}`,
    source: `/${TELLER}/${service}`,
    type: typeOf(kind),
    time: rfc3339(now),
    datacontenttype: 'application/json',
    data: dataOf(entry),
  }));
}

/** One record of each message that does not go back: a message can be in a batch twice. */
function leaving(outcomes: readonly RecordOutcome[]): RecordOutcome[] {
  const passed = returnedIds(outcomes);
  return outcomes.filter(({ parsed: { record }, verdict }) => {
    if (passed.has(record.messageId)) return false;
    passed.add(record.messageId);
    return verdict.kind !== 'rejected' || !IS_OUTCOME.test(record.body);
  });
}

function kindOf({ verdict, reason }: TrailEntry): OutcomeKind | undefined {
  if (reason === 'RetriesExhausted') return 'retries-exhausted';
  const kinds = ['applied', 'unchanged', 'superseded', 'dead-lettered'] as const;
  return kinds.find((kind) => kind === verdict);
}

function dataOf(entry: TrailEntry): Outcome['data'] {
  const { id, source, time, verdict: _, sentAt, origin, guids, detail, ...rest } = entry;
  return {
    event: { ...(id && { id }), ...(source && { source }), ...(time && { time }) },
    ...rest,
    sentAt: rfc3339(sentAt),
    ...(origin && { origin: { ...origin, sentAt: rfc3339(origin.sentAt) } }),
    guids: guids.slice(0, MAX_GUIDS),
    // What is said of an event that could not be read may quote any part of it.
    ...(detail !== undefined && entry.images > 0 && { detail }),
  };
}

/** @param at milliseconds since 1970 */
function rfc3339(at: number): string {
  return new Date(at).toISOString();
}
