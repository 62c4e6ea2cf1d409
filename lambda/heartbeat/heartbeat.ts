import type { SQSRecord } from 'aws-lambda';
import type { SendVerdict } from '../delivery/send-verdict.ts';
import type { Query } from '../finerworks/list-images.ts';
import type { RecordOutcome } from '../settlement/settle.ts';

/** Nothing else in the body, so that no event about images can be taken for one. */
const BODY = /^\s*\{\s*"heartbeat"\s*:\s*"([^"\\]{1,100})"\s*\}\s*$/;

/** An id that FinerWorks gives to no image: all its digits are the greatest that there are. */
const NOBODYS_IMAGE = 'ffffffff-ffff-4fff-bfff-ffffffffffff';

/** What became of the heartbeats of a batch, which one call answers. */
export interface Heartbeats {
  readonly ids: readonly string[];
  /** How many FinerWorks answered as documented: all or none. */
  readonly answered: number;
  /** Why it did not. */
  readonly failure?: string;
}

/** Asks FinerWorks for a list of images. Never rejects. */
export type Ask = (query: Query) => Promise<SendVerdict>;

/** The heartbeats of a batch, and its other records. */
export interface Sorted {
  readonly events: readonly SQSRecord[];
  readonly heartbeats: readonly SQSRecord[];
}

/**
 * Takes the heartbeats out of a batch: messages `{"heartbeat": "ID"}` that go the way of every event, to a call
 * that changes nothing (docs/contract/README.md).
 */
export function withoutHeartbeats(records: readonly SQSRecord[]): Sorted {
  return {
    events: records.filter(({ body }) => !BODY.test(body)),
    heartbeats: records.filter(({ body }) => BODY.test(body)),
  };
}

/**
 * Asks FinerWorks for an image that nobody has. The records are done whatever comes of it: a failure is counted,
 * and the next heartbeat is on its way. Never rejects.
 *
 * @param sessionId 8 to 50 characters, used where no setting names one
 */
export async function answerHeartbeats(
  records: readonly SQSRecord[],
  ask: Ask,
  sessionId: string,
): Promise<{ readonly outcomes: readonly RecordOutcome[]; readonly heartbeats: Heartbeats }> {
  const failure = failureOf(await ask({ account: null, guids: [NOBODYS_IMAGE], sessionId }));
  const outcomes = records.map((record): RecordOutcome => {
    const sentTimestamp = Number(record.attributes.SentTimestamp);
    const origin = { messageId: record.messageId, sentTimestamp, time: null, id: null };
    return { parsed: { record, origin, changes: [] }, verdict: { kind: 'unchanged' } };
  });
  const ids = records.flatMap(({ body }) => BODY.exec(body)?.[1] ?? []);
  const heartbeats =
    failure === undefined ? { ids, answered: ids.length } : { ids, answered: 0, failure };
  return { outcomes, heartbeats };
}

function failureOf(result: SendVerdict): string | undefined {
  if (result.kind === 'applied') return undefined;
  if (result.kind === 'refused') return result.detail;
  return `${result.verdict.reason}: ${result.verdict.detail}`;
}
