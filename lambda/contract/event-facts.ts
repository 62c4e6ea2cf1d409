import * as z from 'zod/mini';
import { EventTime } from './event-time.ts';
import { formatPath, isJsonObject, type JsonObject } from './json.ts';
import { RejectedEvent } from './rejected-event.ts';

/** What envelopes and bodies say about the event as a whole. */
export interface EventFacts {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly time?: EventTime | undefined;
}

/** The name of an event or of its source, in an envelope. */
export const Label = z.string('not a text').check(z.minLength(1, 'empty'));

/**
 * The name of a CloudEvent's attribute outside of its body: `ce-time` over HTTP and NATS, `ce_time`
 * over Kafka and SNS, `cloudEvents_time` or `cloudEvents:time` over AMQP (CloudEvents: protocol
 * bindings). SQS has no such binding, so bridges and SDKs keep the name that they know.
 */
const FACT = /^(?:ce[-_]|cloudEvents[_:])(id|source|time)$/i;

const Facts = z.object({
  id: z.optional(Label),
  source: z.optional(Label),
  time: z.optional(EventTime),
});

/**
 * What message attributes say about the event: they are a CloudEvent's envelope in binary mode.
 *
 * @param field the key of an attribute's text: SQS and SNS name it differently
 * @param path of the attributes, for the faults
 * @throws {RejectedEvent} `InvalidEnvelope` with the name of each attribute that is wrong
 */
export function factsInAttributes(
  attributes: JsonObject,
  field: 'stringValue' | 'Value',
  path: readonly string[],
): EventFacts {
  const spoken = Object.keys(attributes).filter((name) => FACT.test(name));
  // Nearly every message has none.
  if (spoken.length === 0) return {};
  const texts: Record<string, unknown> = {};
  const names: Record<PropertyKey, string> = {};
  const faults: string[] = [];
  for (const name of spoken) {
    const fact = factOf(name);
    const attribute = attributes[name];
    const text = (isJsonObject(attribute) ? attribute[field] : undefined) ?? null;
    const other = names[fact];
    if (other !== undefined && texts[fact] !== text) {
      faults.push(`${formatPath([...path, name])}: differs from ${other}`);
    }
    texts[fact] = text;
    names[fact] = name;
  }
  const { data, error } = Facts.safeParse(texts);
  for (const {
    path: [fact = ''],
    message,
  } of error?.issues ?? []) {
    faults.push(`${formatPath([...path, names[fact] ?? fact])}: ${message}`);
  }
  if (data === undefined || faults.length > 0) {
    throw new RejectedEvent('InvalidEnvelope', faults.join('; '));
  }
  return data;
}

/** Whether a message attribute says the time of an event. */
export function isTimeAttribute(name: string): boolean {
  return factOf(name) === 'time';
}

/** @returns an empty text where an attribute is not one of these three */
function factOf(name: string): string {
  return FACT.exec(name)?.[1]?.toLowerCase() ?? '';
}
