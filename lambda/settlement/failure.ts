import * as z from 'zod/mini';
import { toSqsText } from '../queue/sqs-text.ts';
import { Origin } from '../records/origin.ts';
import { type ParsedRecord, receivesOf } from '../records/parse-record.ts';
import { REJECTIONS, RETRIES } from '../verdicts/reasons.ts';
import type { Rejected } from '../verdicts/verdict.ts';

/** The name of the message attribute that says why a message is dead. */
export const FAILURE_ATTRIBUTE = 'failure';

/** The value of the attribute `failure`: JSON for people and for tools. */
export const Failure = z.object({
  reason: z.enum(REJECTIONS),
  /** What is wrong, for people; shortened where the message would grow too large. */
  detail: z.string(),
  /** The images at fault, as far as known. */
  guids: z.array(z.string()),
  /** What FinerWorks answered; never with a key. */
  http: z.optional(z.object({ status: z.int(), excerpt: z.string() })),
  /** The cause of the last failure, where the reason is `RetriesExhausted`. */
  lastReason: z.optional(z.enum(RETRIES)),
  /** How often the record was received. */
  attempts: z.int().check(z.gte(1)),
  /** When it was given up, RFC 3339. */
  time: z.string(),
  /** The invocation that gave it up, to find its log. */
  requestId: z.string(),
  origin: Origin,
});
export type Failure = z.output<typeof Failure>;

/** When and where a failure was decided. */
export interface FailureContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The invocation's id. */
  readonly requestId: string;
}

/** The `failure` of a rejected record. */
export function failureOf(
  parsed: ParsedRecord,
  verdict: Rejected,
  context: FailureContext,
): Failure {
  return {
    reason: verdict.reason,
    detail: verdict.detail,
    guids: [...(verdict.guids ?? [])],
    ...(verdict.http && { http: verdict.http }),
    ...(verdict.lastReason && { lastReason: verdict.lastReason }),
    attempts: receivesOf(parsed.record),
    time: new Date(context.now).toISOString(),
    requestId: context.requestId,
    origin: parsed.origin,
  };
}

/**
 * The longest text that is kept beside a letter, in bytes: an item of the table holds 400 KB (AWS:
 * DynamoDB), a line of the log 256 KB (AWS: CloudWatch Logs quotas), its escapes included.
 */
const MAX_BYTES_BESIDE = 100_000;

const SHORT_DETAIL = 500;
const FEW_GUIDS = 10;

/**
 * The attribute's text in three lengths, the longest first, for a message that has little room. The body
 * is never cut: the last resort is to leave the attribute out.
 */
export function renderings(failure: Failure): string[] {
  const { http: _, ...short } = failure;
  const detail = `${failure.detail.slice(0, SHORT_DETAIL)}…`;
  const guids = failure.guids.slice(0, FEW_GUIDS);
  return [failure, { ...short, detail, guids }, { ...short, detail: '', guids: [] }].map((value) =>
    toSqsText(JSON.stringify(value)),
  );
}

/**
 * The text that is kept beside a letter without room. The event's own id can be as long as its message;
 * then it is left out, since the letter has it too.
 */
export function textBeside(failure: Failure): string {
  const fits = (text: string) => Buffer.byteLength(text) <= MAX_BYTES_BESIDE;
  const nameless = { ...failure, origin: { ...failure.origin, id: null } };
  const texts = [...renderings(failure), ...renderings(nameless)];
  // The shortest of them always fits.
  return texts.find(fits) ?? '';
}
