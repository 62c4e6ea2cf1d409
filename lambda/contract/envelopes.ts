import * as z from 'zod/mini';
import { EventTime, OptionalTime } from './event-time.ts';
import { faultsOf } from './faults.ts';
import { type JsonObject, parseJson } from './json.ts';
import { faultsOfNames, misplacedInCloudEvent } from './misnamed.ts';
import { RejectedEvent } from './rejected-event.ts';

/** SNS around EventBridge around CloudEvents is the most that is nested in practice. */
const MAX_ENVELOPES = 3;

/** What envelopes and bodies say of the event as a whole. */
export interface EventFacts {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly time?: EventTime | undefined;
}

/** A body out of its envelopes, and where in the message it stood: `detail.data`, say. */
export interface Unwrapped {
  readonly body: JsonObject;
  readonly path: readonly string[];
  /** What the innermost CloudEvents or EventBridge envelope says: it speaks for the event. */
  readonly envelope: EventFacts;
  /** What SNS says: it only carries, so a body that speaks for itself goes first. */
  readonly transport: EventFacts;
}

const Label = z.string('not a text').check(z.minLength(1, 'empty'));

/** CloudEvents 1.0, structured JSON. `data_base64` is for binary data, which no event here is. */
export const CloudEvent = z.pipe(
  z.object({
    specversion: z.literal('1.0', 'only version 1.0 is read'),
    id: Label,
    source: Label,
    time: OptionalTime,
    data: z.record(z.string(), z.unknown(), 'not a JSON object'),
  }),
  z.transform(({ data, ...facts }) => ({ inner: data, facts })),
);

/** An event of Amazon EventBridge, whose times are whole seconds. */
export const EventBridgeEvent = z.pipe(
  z.object({
    id: Label,
    source: Label,
    time: EventTime,
    detail: z.record(z.string(), z.unknown(), 'not a JSON object'),
  }),
  z.transform(({ detail, ...facts }) => ({ inner: detail, facts })),
);

/** A notification of SNS without raw delivery. Its `Message` is a text that holds JSON. */
export const SnsNotification = z.pipe(
  z.object({
    Type: z.literal('Notification', 'only notifications carry events'),
    MessageId: Label,
    TopicArn: Label,
    Message: z.string('not a text'),
    Timestamp: EventTime,
  }),
  z.transform(({ Message, MessageId, TopicArn, Timestamp }) => ({
    inner: Message,
    facts: { id: MessageId, source: TopicArn, time: Timestamp },
  })),
);

/** How each envelope is known, read, and where its content stands. */
const ENVELOPES = [
  { marker: 'specversion', schema: CloudEvent, content: 'data', carriesOnly: false },
  { marker: 'detail-type', schema: EventBridgeEvent, content: 'detail', carriesOnly: false },
  { marker: 'TopicArn', schema: SnsNotification, content: 'Message', carriesOnly: true },
] as const;

/** Where a message stands that is in no envelope. */
const OUTSIDE = { path: [], envelope: {}, transport: {} } as const;

/**
 * Takes a body out of the envelopes around it.
 *
 * @throws {RejectedEvent} `InvalidEnvelope` with every fault by path, or what {@link parseJson}
 *   says of the text inside an SNS notification
 */
export function unwrap(message: JsonObject): Unwrapped {
  let at: Unwrapped = { body: message, ...OUTSIDE };
  for (let depth = 0; ; depth += 1) {
    const kind = ENVELOPES.find(({ marker }) => Object.hasOwn(at.body, marker));
    if (kind === undefined) return at;
    if (depth === MAX_ENVELOPES) {
      throw new RejectedEvent('InvalidEnvelope', `more than ${MAX_ENVELOPES} envelopes`);
    }
    const parsed = kind.schema.safeParse(at.body);
    if (!parsed.success) {
      throw new RejectedEvent('InvalidEnvelope', faultsOf(parsed.error, at.path).join('; '));
    }
    const { inner, facts } = parsed.data;
    const path = [...at.path, kind.content];
    const body = typeof inner === 'string' ? parseJson(inner, path.join('.')) : inner;
    if (kind.marker === 'specversion') refuseMisplaced(at, body);
    at = {
      body,
      path,
      envelope: kind.carriesOnly ? at.envelope : { ...at.envelope, ...withoutUndefined(facts) },
      transport: kind.carriesOnly ? { ...at.transport, ...facts } : at.transport,
    };
  }
}

function refuseMisplaced({ body, path }: Unwrapped, content: JsonObject): void {
  const misplaced = misplacedInCloudEvent(body, content);
  if (misplaced.length === 0) return;
  throw new RejectedEvent('InvalidEnvelope', faultsOfNames(misplaced, path).join('; '));
}

function withoutUndefined(facts: EventFacts): EventFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
