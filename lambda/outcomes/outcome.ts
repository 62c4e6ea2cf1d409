import * as z from 'zod/mini';
import { TrailEntry } from '../trail/trail-entry.ts';
import { OUTCOME_KINDS, type OutcomeKind } from './outcome-kinds.ts';

/** Who tells: the `source` of outcomes on a bus, and what their types begin with. */
export const TELLER = 'finerworks-image-updates';

/** The type of an outcome, in CloudEvents and as EventBridge's `detail-type`. */
export const OUTCOME_TYPES = OUTCOME_KINDS.map(typeOf);

/** The type of outcomes of a kind. */
export function typeOf<Kind extends OutcomeKind>(kind: Kind) {
  return `${TELLER}.${kind}` as const;
}

const Moment = z.iso.datetime();

/** A CloudEvent 1.0 that says what became of an event. It changes by addition only. */
export const Outcome = z.object({
  specversion: z.literal('1.0'),
  /** The invocation's id and a number: the same where an outcome is sent twice. */
  id: z.string().check(z.minLength(1)),
  /** `/finerworks-image-updates/` and the function's name. */
  source: z.string().check(z.minLength(1)),
  type: z.enum(OUTCOME_TYPES),
  /** When the event was settled. */
  time: Moment,
  datacontenttype: z.literal('application/json'),
  /** The entry of the trail (../trail/trail-entry.ts), with moments in RFC 3339. No text of an image is in it. */
  data: z.extend(z.omit(TrailEntry, { id: true, source: true, time: true, verdict: true }), {
    /** As far as the event says, and could be read. */
    event: z.pick(TrailEntry, { id: true, source: true, time: true }),
    sentAt: Moment,
    origin: z.optional(
      z.object({ messageId: z.string(), sentAt: Moment, redrives: z.optional(z.int()) }),
    ),
  }),
});
export type Outcome = z.output<typeof Outcome>;
