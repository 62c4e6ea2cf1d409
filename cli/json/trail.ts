import * as z from 'zod';
import { Count, Moment } from './parts.ts';

/** What was read of the trail, and what DynamoDB charges for it. */
const READING = {
  since: Moment,
  hours: Count,
  items: Count,
  bytes: Count,
  readUnits: z.number().min(0),
  unreadable: Count,
};

const Sent = z.strictObject({
  at: Moment,
  what: z.literal('sent'),
  messageId: z.string(),
  redrives: Count.optional(),
  originMessageId: z.string().optional(),
});

/** A record of the trail: a newer function may add fields, verdicts and reasons. */
const Decided = z.looseObject({
  at: Moment,
  what: z.literal('decided'),
  id: z.string().optional().describe("the event's own id"),
  source: z.string().optional(),
  time: z.string().optional().describe("the event's own time, as it says it"),
  messageId: z.string(),
  sentAt: Moment,
  receives: Count,
  origin: z
    .looseObject({ messageId: z.string(), sentAt: Moment, redrives: Count.optional() })
    .optional()
    .describe('the first sending, where the message is a redrive of it'),
  account: z.string().optional(),
  images: Count,
  guids: z.array(z.string()),
  verdict: z.string(),
  reason: z.string().optional(),
  lastReason: z.string().optional(),
  detail: z.string().optional(),
  faulty: z.array(z.string()).optional().describe('images at fault, where not all of them are'),
  status: z.int().optional().describe('of the answer of FinerWorks'),
  letterId: z.string().optional(),
});

const found = (name: 'id' | 'guid') => ({ [name]: z.string(), ...READING });

export const EVENT_SHOW = {
  line: z.union([z.strictObject({ what: z.literal('event'), heading: z.string() }), Sent, Decided]),
  result: z.union([
    z.strictObject({ found: z.literal(false), ...found('id') }),
    z.strictObject({ found: z.literal(true), decisions: Count, ...found('id') }),
  ]),
};

export const EVENT_LIST = {
  line: Decided,
  result: z.strictObject({ listed: Count, ...READING }),
};

/** `image GUID --history` */
export const IMAGE_HISTORY = {
  line: z.union([z.strictObject({ what: z.literal('image'), guid: z.uuid() }), Decided]),
  result: z.union([
    z.strictObject({ found: z.literal(false), ...found('guid') }),
    z.strictObject({ found: z.literal(true), decisions: Count, ...found('guid') }),
  ]),
};
