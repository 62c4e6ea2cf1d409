import * as z from 'zod';
import { Facts, Probed } from '../../infra/doctor/probed.ts';
import { FIELDS, ofEachField } from '../../lambda/contract/fields.ts';
import { ANSWER_NAMES } from '../../webhooks/answers.ts';
import { SOURCE_NAMES } from '../../webhooks/sources/source-names.ts';
import { HISTORY } from './history.ts';
import { Count, known, Moment } from './parts.ts';

const Queue = z.strictObject({
  visible: Count,
  inFlight: Count,
  delayed: Count,
  oldestSeconds: known(z.number().optional()),
});
export const STATUS = {
  result: z.strictObject({
    queue: Queue,
    deadLetterQueue: Queue,
    undelivered: z.record(z.string(), Queue).describe('by source'),
    eventSourceMapping: known(z.string()),
    liveVersion: known(
      z
        .strictObject({
          version: z.string(),
          left: z.array(z.string()).describe('versions that somebody went back from'),
          revisionId: z.string().optional(),
          shares: z.record(z.string(), z.number()),
        })
        .optional(),
    ),
    newerVersion: known(z.string().optional()).describe('unless the live one is the newest'),
    alarms: known(
      z
        .array(
          z.strictObject({
            name: z.string(),
            state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
            since: Moment,
            meaning: z.string(),
          }),
        )
        .optional(),
    ),
    lastHour: known(
      z.strictObject({
        totals: z.record(z.string(), z.number()).describe('by metric'),
        reasons: z.record(z.string(), z.record(z.string(), z.number())),
      }),
    ),
  }),
};

export const WEBHOOK_SEND = {
  result: z.strictObject({
    source: z.enum(SOURCE_NAMES),
    url: z.url(),
    id: z.string().describe('of the delivery'),
    status: z.int().describe('of the answer'),
    answer: z.enum(ANSWER_NAMES).optional().describe('unless no door answered'),
  }),
};

const DeadLettered = z.strictObject({
  time: Moment,
  kind: z.literal('deadLettered'),
  reason: z.string(),
  detail: z.string(),
  messageId: z.string(),
  eventId: z.string().nullable().describe('the id of the event itself'),
  guids: z.array(z.string()).describe('its images, 20 at most; none where they could not be read'),
  source: z.string().optional().describe('of the event'),
  letterId: z.string().optional().describe('of the message in the dead-letter queue'),
});
const Returned = z.strictObject({
  time: Moment,
  kind: z.literal('returned'),
  reason: z.string(),
  records: Count,
  detail: z.string().describe('of the first'),
});
const Batch = z.strictObject({
  time: Moment,
  kind: z.literal('batch'),
  records: Count,
  images: Count,
  unchanged: Count,
  superseded: Count,
  calls: Count,
  reasons: z.record(z.string(), Count),
});
const Warning = z.strictObject({ time: Moment, kind: z.literal('warning'), detail: z.string() });
export const TAIL = {
  line: z.union([DeadLettered, Returned, Batch, Warning]),
  result: z.strictObject({ lines: Count }),
};

export const CHECK = {
  result: z.strictObject({
    ok: z.boolean(),
    findings: z.array(
      z.strictObject({
        subject: z.string(),
        result: z.enum(['ok', 'warns', 'fails', 'unknown']),
        detail: z.string(),
      }),
    ),
  }),
};

export const SMOKE_TEST = {
  result: z.strictObject({
    id: z.string(),
    answered: z.boolean().optional(),
    seconds: Count.optional(),
  }),
};

export const SWITCH = { result: z.strictObject({ mapping: z.string(), state: z.string() }) };

export const ROLLBACK = { result: z.strictObject({ from: z.string(), to: z.string() }) };

const ShownField = z.strictObject({
  value: z.string().optional(),
  asConfirmed: z.boolean().nullable(),
});
const AtFinerWorks = z.union([
  z.strictObject({ listed: z.literal(false) }),
  z.strictObject({
    listed: z.literal(true),
    ...ofEachField(() => ShownField),
    products: z.array(z.string()),
  }),
  z.strictObject({ unknown: z.string() }),
]);
export const IMAGE_SHOW = {
  result: z.union([
    z.strictObject({ found: z.literal(false), guid: z.uuid(), finerworks: AtFinerWorks }),
    z.looseObject({ found: z.literal(true), ...HISTORY, finerworks: AtFinerWorks }),
  ]),
};

export const IMAGE_FORGET = {
  line: z.strictObject({ guid: z.uuid(), forgotten: z.literal(false), why: z.string() }),
  result: z.strictObject({ forgotten: Count, left: Count }),
};

export const GUIDS = {
  result: z.strictObject({
    products: Count,
    missing: z.array(z.string()).describe('SKUs that there are not'),
    file: z.string().optional(),
    csv: z.string().optional(),
  }),
};

const Row = z.strictObject({
  fact: z.enum(Facts.keyof().options),
  assumption: z.string(),
  seen: z.string(),
  result: z.enum(['holds', 'differs', 'unknown']),
  set: z.string(),
});
const PutBack = z.strictObject({
  left: z.array(z.strictObject({ guid: z.uuid(), field: z.enum(FIELDS), text: z.string() })),
  why: z.string().optional(),
  notes: z.array(z.string()),
});
export const PROBE = {
  result: z.union([
    z.strictObject({ changed: z.literal(false) }).describe('the answer to its question was no'),
    z.strictObject({
      ok: z.boolean(),
      ...Probed.shape,
      rows: z.array(Row),
      contradictions: z.array(
        z.strictObject({ rule: z.string(), setting: z.string(), message: z.string() }),
      ),
      putBack: PutBack.optional(),
    }),
  ]),
};

export const CONSOLE = {
  result: z.strictObject({ origin: z.url().describe('where it listened') }),
};
