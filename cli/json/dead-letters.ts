import * as z from 'zod';
import { HISTORY } from './history.ts';
import { Count, Moment, Problem } from './parts.ts';

/** How much of the dead-letter queue was seen: SQS gives no listing. */
const COVERAGE = {
  seen: Count,
  visible: Count.describe('by the approximate count of SQS, before reading'),
  inFlight: Count.describe('hidden by another reader, and so not seen'),
};
const COMPLETE = { ...COVERAGE, complete: z.boolean() };

const Summary = z.strictObject({
  messageId: z.string(),
  originMessageId: z.string().describe('of its first sending'),
  reason: z.string(),
  lastReason: z
    .string()
    .optional()
    .describe('of the last failure, where it was retried without success'),
  time: Moment.describe('when it died; where SQS moved it, when it was first sent'),
  guids: z.array(z.string()),
  eventId: z.string().optional(),
  source: z.string().optional(),
  account: z.string().optional(),
  detail: z.string(),
  redrives: Count,
  expiresAt: Moment,
  daysLeft: z.number(),
});
const Left = z.strictObject({ messageId: z.string(), why: z.string() });

const DetailGroup = z.strictObject({
  detail: z.string().describe('with … for what differs'),
  count: Count,
  first: Moment.describe('when the first of them died'),
  last: Moment,
  sources: z.record(z.string(), Count),
  daysLeft: z.number(),
  messageIds: z.array(z.string()),
});

export const LIST = {
  result: z.strictObject({
    queueUrl: z.string(),
    ...COMPLETE,
    groups: z.array(
      z.strictObject({
        reason: z.string(),
        count: Count,
        letters: z.array(Summary).describe('the newest first'),
        details: z.array(DetailGroup).describe('the largest first'),
      }),
    ),
  }),
};

/** As `dlq export` writes it: attributes are those of SQS, as they are. */
const Letter = z.looseObject({
  messageId: z.string(),
  sentAt: Moment,
  receives: Count,
  reason: z.string(),
  body: z.string(),
  bodyHash: z.string().describe('tells whether somebody edited the body'),
  event: z.looseObject({}).optional().describe('the body as JSON, to be edited'),
});
export const SHOW = {
  result: z.union([
    z.strictObject({ found: z.literal(false), ...COVERAGE }),
    z.strictObject({
      found: z.literal(true),
      ...Summary.shape,
      letter: Letter,
      ledger: z.array(z.looseObject(HISTORY)),
    }),
  ]),
};

export const EXPORT = {
  result: z.strictObject({ file: z.string(), exported: Count, ...COMPLETE }),
};

const Outcome = z.union([
  z.strictObject({
    settled: Count,
    fates: z.strictObject({ applied: Count, superseded: Count }).optional(),
    deadAgain: z.record(z.string(), Count).describe('by reason'),
    waiting: Count.describe('may still be in the queue, at most'),
  }),
  z.strictObject({ unknown: z.string() }),
]);
export const REDRIVE = {
  line: z
    .union([
      z.strictObject({
        messageId: z.string(),
        reason: z.string(),
        guids: z.array(z.string()),
        body: z.string().describe('as it would be sent'),
        dies: z
          .strictObject({ reason: z.string(), detail: z.string() })
          .optional()
          .describe('why it must die again'),
      }),
      z.strictObject({ messageId: z.string(), left: z.string().describe('why it would stay') }),
    ])
    .describe('of --dry-run, each letter'),
  result: z.union([
    z.strictObject({ redriven: z.literal(0) }).describe('where the answer was no'),
    z.strictObject({
      dryRun: z.literal(true),
      redriven: z.array(z.string()),
      dying: z.array(z.string()).describe('those of them that must die again as they are'),
      skipped: z.array(Left),
      ...COVERAGE,
    }),
    z.strictObject({
      redriven: Count,
      skipped: z.array(Left),
      failed: z.array(Left),
      doubled: z.array(Left).describe('sent, but still in the dead-letter queue too'),
      outcome: Outcome.optional(),
      ...COMPLETE,
      error: Problem.optional(),
    }),
  ]),
};

export const DISCARD = {
  result: z.strictObject({ file: z.string().optional(), discarded: Count, kept: Count }),
};
