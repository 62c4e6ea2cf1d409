import { excerptOf } from '../general/excerpt.ts';
import { REDRIVE_ATTRIBUTE, readRedrive, shortened } from '../records/origin.ts';
import { receivesOf } from '../records/parse-record.ts';
import type { RecordOutcome } from '../settlement/settle.ts';
import { isSettled, type Verdict } from '../verdicts/verdict.ts';
import type { TrailEntry } from './trail-entry.ts';
import { withoutTexts } from './without-texts.ts';

/** Of the largest event: with more, an entry would not fit into an item (trail-items.ts). */
const MAX_GUIDS = 9_000;
/** The dead letter names all of them. */
const MAX_FAULTY = 20;
/** The dead letter and the log have the rest. */
const DETAIL_LENGTH = 200;

const VERDICTS = {
  applied: 'applied',
  unchanged: 'unchanged',
  superseded: 'superseded',
  retry: 'returned',
  rejected: 'dead-lettered',
} as const satisfies Record<Verdict['kind'], string>;

/** An entry for each record that an invocation decided, heartbeats left out. */
export function trailEntries(outcomes: readonly RecordOutcome[]): TrailEntry[] {
  return outcomes.flatMap((outcome) => (isHeartbeat(outcome) ? [] : [entryOf(outcome)]));
}

/** Nothing else goes well that changes no image: the contract takes no event without images. */
function isHeartbeat({ parsed, verdict }: RecordOutcome): boolean {
  return parsed.changes.length === 0 && isSettled(verdict);
}

function entryOf({ parsed, verdict, deadLetter }: RecordOutcome): TrailEntry {
  const { record, origin, source, changes } = parsed;
  const { id, time } = origin;
  const account = changes[0]?.account ?? undefined;
  const first = originOf(parsed);
  return {
    ...(id !== null && { id: shortened(id) }),
    ...(source !== undefined && { source: shortened(source) }),
    ...(time !== null && { time }),
    messageId: record.messageId,
    sentAt: Number(record.attributes.SentTimestamp),
    receives: receivesOf(record),
    ...(first && { origin: first }),
    ...(account !== undefined && { account: shortened(account) }),
    images: changes.length,
    guids: changes.slice(0, MAX_GUIDS).map(({ guid }) => guid),
    verdict: VERDICTS[verdict.kind],
    ...failureOf(verdict, parsed.changes),
    ...(deadLetter && { letterId: deadLetter.messageId }),
  };
}

function originOf({ record, origin }: RecordOutcome['parsed']): TrailEntry['origin'] {
  if (origin.messageId === record.messageId) return undefined;
  const { messageId, sentTimestamp } = origin;
  const redrives = readRedrive(record.messageAttributes[REDRIVE_ATTRIBUTE]?.stringValue)?.count;
  return {
    messageId: shortened(messageId),
    sentAt: sentTimestamp,
    ...(redrives !== undefined && { redrives }),
  };
}

function failureOf(
  verdict: Verdict,
  changes: RecordOutcome['parsed']['changes'],
): Partial<TrailEntry> {
  if (isSettled(verdict)) return {};
  const { reason, detail } = verdict;
  const known = { reason, detail: excerptOf(withoutTexts(detail, changes), DETAIL_LENGTH) };
  if (verdict.kind === 'retry') return known;
  const { lastReason, guids = [], http } = verdict;
  return {
    ...known,
    ...(lastReason && { lastReason }),
    ...(guids.length > 0 && { faulty: guids.slice(0, MAX_FAULTY) }),
    ...(http && { status: http.status }),
  };
}
