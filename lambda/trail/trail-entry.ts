import * as z from 'zod/mini';

const Milliseconds = z.int().check(z.gte(0), z.lte(8.64e15));

/**
 * What became of one record in one invocation. Entries change by addition only: a reader leaves out
 * what it does not know, and shows verdicts and reasons of later versions as they are. No text of an
 * event is in it (trail-entries.ts).
 */
export const TrailEntry = z.object({
  /** The event's own id; left out where it has none or could not be read. */
  id: z.optional(z.string()),
  /** Where the event says it comes from. */
  source: z.optional(z.string()),
  /** The event's time, where it could be read. */
  time: z.optional(z.string()),
  messageId: z.string(),
  /** When the message was sent, in milliseconds since 1970. */
  sentAt: Milliseconds,
  /** How often it was received by then. */
  receives: z.int(),
  /** The first sending, where the message is a redrive of it. */
  origin: z.optional(
    z.object({ messageId: z.string(), sentAt: Milliseconds, redrives: z.optional(z.int()) }),
  ),
  /** Left out for the account that the keys belong to. */
  account: z.optional(z.string()),
  /** How many images it changes. */
  images: z.int(),
  /** Which; all of them but of the very largest events. */
  guids: z.array(z.string()),
  /** `applied`, `unchanged`, `superseded`, `returned` or `dead-lettered`. */
  verdict: z.string(),
  reason: z.optional(z.string()),
  /** For `RetriesExhausted`: the cause of the last failure. */
  lastReason: z.optional(z.string()),
  /** The beginning of what is wrong. */
  detail: z.optional(z.string()),
  /** The images at fault, where not all of them are: the first of them. */
  faulty: z.optional(z.array(z.string())),
  /** The HTTP status of FinerWorks' answer, where that decided. */
  status: z.optional(z.int()),
  /** The message's id in the dead-letter queue. */
  letterId: z.optional(z.string()),
});
export type TrailEntry = z.output<typeof TrailEntry>;
