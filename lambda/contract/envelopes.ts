import * as z from 'zod/mini';
import { type EventFacts, factsInAttributes, Label } from './event-facts.ts';
import { EventTime, OptionalTime } from './event-time.ts';
import { faultsOf } from './faults/faults.ts';
import { faultsOfNames, misplacedInCloudEvent } from './faults/misnamed.ts';
import { isJsonObject, type JsonObject, parseJson } from './json.ts';
import { RejectedEvent } from './rejected-event.ts';

/** SNS around EventBridge around CloudEvents is the most that is nested in practice. */
const MAX_ENVELOPES = 3;

/** A body without its envelopes, and its path in the message: `detail.data`, say. */
export interface Unwrapped {
  readonly body: JsonObject;
  readonly path: readonly string[];
  /**
   * What the innermost CloudEvents or EventBridge envelope says: it comes before what the body says. The
   * attributes of a CloudEvent beside an SNS message are such an envelope.
   */
  readonly envelope: EventFacts;
  /** What SNS says: it only carries the event, so what the body says comes first. */
  readonly transport: EventFacts;
}

/** JSON, or a text that holds it: several SDKs write the content of an envelope as a text. */
const Content = z.custom<JsonObject | string>(
  (content) => typeof content === 'string' || isJsonObject(content),
  {
    error: ({ input }) =>
      input === undefined ? 'missing' : 'neither a JSON object nor a text that holds one',
  },
);

/** CloudEvents 1.0, structured JSON. `data_base64` is for binary data, which no event here is. */
export const CloudEvent = z.pipe(
  z.object({
    specversion: z.literal('1.0', 'only version 1.0 is read'),
    id: Label,
    source: Label,
    time: OptionalTime,
    data: Content,
  }),
  z.transform(({ data, ...facts }) => ({ inner: data, facts })),
);

/** An event of Amazon EventBridge, whose times are whole seconds. */
export const EventBridgeEvent = z.pipe(
  z.object({
    id: Label,
    source: Label,
    time: EventTime,
    detail: Content,
  }),
  z.transform(({ detail, ...facts }) => ({ inner: detail, facts })),
);

/**
 * A notification of SNS without raw delivery. Its `Message` is a text that holds JSON; its attributes
 * may be the envelope of a CloudEvent.
 */
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

/** The key that marks each envelope, its schema, and the key of its content. */
const ENVELOPES = [
  { marker: 'specversion', schema: CloudEvent, content: 'data', carriesOnly: false },
  { marker: 'detail-type', schema: EventBridgeEvent, content: 'detail', carriesOnly: false },
  { marker: 'TopicArn', schema: SnsNotification, content: 'Message', carriesOnly: true },
] as const;

/** A body that is in no envelope. */
const OUTSIDE = { path: [], envelope: {}, transport: {} } as const;

/**
 * Removes the envelopes around a body.
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
      throw new RejectedEvent(
        'InvalidEnvelope',
        faultsOf(parsed.error, at.path).join('; '),
        at.body,
      );
    }
    const { inner, facts } = parsed.data;
    const spoken = kind.carriesOnly ? factsCarried(at) : facts;
    const path = [...at.path, kind.content];
    const body = typeof inner === 'string' ? parseJson(inner, path.join('.')) : inner;
    if (kind.marker === 'specversion') refuseMisplaced(at, body);
    at = {
      body,
      path,
      envelope: { ...at.envelope, ...withoutUndefined(spoken) },
      transport: kind.carriesOnly ? { ...at.transport, ...facts } : at.transport,
    };
  }
}

/** What the attributes say that a producer gave an SNS message. */
function factsCarried({ body: { MessageAttributes }, path }: Unwrapped): EventFacts {
  return isJsonObject(MessageAttributes)
    ? factsInAttributes(MessageAttributes, 'Value', [...path, 'MessageAttributes'])
    : {};
}

function refuseMisplaced({ body, path }: Unwrapped, content: JsonObject): void {
  const misplaced = misplacedInCloudEvent(body, content);
  if (misplaced.length === 0) return;
  throw new RejectedEvent('InvalidEnvelope', faultsOfNames(misplaced, path).join('; '));
}

function withoutUndefined(facts: EventFacts): EventFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
