import type { SQSRecord } from 'aws-lambda';
import type { SendVerdict } from '../delivery/send-verdict.ts';
import type { Sender } from '../delivery/sender.ts';

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

/** A batch without its heartbeats, which are answered meanwhile. */
export interface Taken {
  readonly events: readonly SQSRecord[];
  readonly heartbeats: readonly SQSRecord[];
  /** Never rejects; undefined where the batch has none. */
  readonly answered: Promise<Heartbeats | undefined>;
}

/**
 * Takes the heartbeats out of a batch: messages `{"heartbeat": "ID"}` that go the way of every event, to a call
 * that changes nothing (docs/contract/README.md). They are done whatever comes of it: a failure is counted, and the
 * next heartbeat is on its way.
 *
 * @param sessionId 8 to 50 characters, used where no setting names one
 */
export function takeHeartbeats(
  records: readonly SQSRecord[],
  sender: Pick<Sender, 'list'>,
  sessionId: string,
): Taken {
  const byKind = Map.groupBy(records, ({ body }) => BODY.test(body));
  const [events = [], heartbeats = []] = [byKind.get(false), byKind.get(true)];
  return { events, heartbeats, answered: answer(heartbeats, sender, sessionId) };
}

async function answer(
  records: readonly SQSRecord[],
  sender: Pick<Sender, 'list'>,
  sessionId: string,
): Taken['answered'] {
  if (records.length === 0) return undefined;
  const query = { account: null, guids: [NOBODYS_IMAGE], sessionId };
  const failure = failureOf(await sender.list(query, isEmptyList));
  const ids = records.flatMap(({ body }) => BODY.exec(body)?.[1] ?? []);
  return failure === undefined ? { ids, answered: ids.length } : { ids, answered: 0, failure };
}

/** A list of other images would mean that the filter is ignored. */
function isEmptyList(content: unknown): boolean {
  const { images } = Object(content);
  return Array.isArray(images) && images.length === 0;
}

function failureOf(result: SendVerdict): string | undefined {
  if (result.kind === 'applied') return undefined;
  if (result.kind === 'refused') return result.detail;
  return `${result.verdict.reason}: ${result.verdict.detail}`;
}
