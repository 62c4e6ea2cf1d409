import * as z from 'zod/mini';
import { EventTime } from '../contract/event-time.ts';
import { ofEachField } from '../contract/fields.ts';
import { Guid } from '../contract/image.ts';

/**
 * The newest version of items that this function can read, and the one that it writes. A stack can go
 * back to an older function, which then reads what a newer one wrote. So items change by addition only:
 * new fields are optional, and no function needs those that it does not know, but keeps them. Reasons
 * are texts: there may be new ones.
 *
 * A change that an older function would misunderstand raises the version: of what a field means, or a
 * new field that must be heeded before an image is sent. Only such items then say their `version`;
 * without one it is 1. An older function lets their changes wait (read-item.ts).
 */
export const ITEM_VERSION = 1;

/** An object that keeps fields which a later version added, though no type knows them. */
function extensible<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodMiniType<z.output<z.ZodMiniObject<Shape>>> {
  return z.looseObject(shape);
}

/** The last moment that a date of JavaScript can be (ECMAScript, time values). */
const LAST_MOMENT = 8.64e15;

const Milliseconds = z.number().check(z.gte(0), z.lte(LAST_MOMENT));

/** The order of a change (images/order.ts), as an item holds it. */
const StoredOrder = extensible({ time: EventTime, sentAt: z.int(), id: z.string() });

/** A value that FinerWorks confirmed: which, when, and which event wanted it. */
export const ConfirmedValue = extensible({
  order: StoredOrder,
  /** Of the value, see general/hash.ts. */
  hash: z.string(),
  /** Of what FinerWorks was seen to make of it, where that is something else. */
  storedHash: z.optional(z.string()),
  /** When FinerWorks confirmed it. */
  at: Milliseconds,
  messageId: z.string(),
});
export type ConfirmedValue = z.output<typeof ConfirmedValue>;

/** A change that may have been sent and was neither confirmed nor refused. */
const Unsettled = extensible({
  order: StoredOrder,
  /** Of the value that it wants; items of older versions do not have it. */
  hash: z.optional(z.string()),
  /** After it was sent a list showed what nobody sent: it was rewritten, or the list was late. */
  wasStrange: z.optional(z.boolean()),
  /** When it was last taken up: its message is alive. */
  at: Milliseconds,
  /** When it was last sent, where that was before. */
  sentAt: z.optional(Milliseconds),
});
export type Unsettled = z.output<typeof Unsettled>;

/** What is known of one field of an image. */
export const FieldEntry = extensible({
  /** The newest value that FinerWorks confirmed. */
  settled: z.optional(ConfirmedValue),
  /** Changes that are undecided, oldest first: older ones wait for them. */
  unsettled: z.array(Unsettled),
  /** Those that were given up since the last confirmation: nothing waits for them, but lists may show them. */
  givenUp: z.optional(z.array(Unsettled)),
  /** Whether FinerWorks is known to have the settled value, and no other that was tried since. */
  isKnown: z.boolean(),
});
export type FieldEntry = z.output<typeof FieldEntry>;

/** What stands in the way of an image while its account's other images go through. */
export const ImageTrouble = extensible({
  /** When FinerWorks first refused it alone, and with which values (their hash). */
  refused: z.optional(extensible({ since: Milliseconds, hash: z.string() })),
  /** How a call of this image alone failed the last time, and how often it has in a row. */
  failing: z.optional(
    extensible({
      reason: z.string(),
      detail: z.string(),
      /** 0: it was in a call that failed, and there was no time to find out which image did it. */
      failures: z.int().check(z.gte(0)),
      at: Milliseconds,
    }),
  ),
  /** When an update was last seen not to be taken, although it was answered with success. */
  notTaken: z.optional(Milliseconds),
});
export type ImageTrouble = z.output<typeof ImageTrouble>;

/**
 * What the ledger holds of one image, whatever account its changes name: null and an account's
 * own key address the same image.
 */
export const LedgerItem = extensible({
  guid: Guid,
  /** Names the last write: no two are alike. */
  token: z.string(),
  /** Until then only the holder of the token may send or write. */
  leaseUntil: z.optional(Milliseconds),
  ...ofEachField(() => z.optional(FieldEntry)),
  /** The last rejection of a change of this image, for people. */
  rejection: z.optional(
    extensible({
      reason: z.string(),
      detail: z.string(),
      at: Milliseconds,
      messageId: z.string(),
    }),
  ),
  trouble: z.optional(ImageTrouble),
  /** When DynamoDB may delete it, in seconds since 1970 (AWS: DynamoDB time to live). */
  expiresAt: z.int(),
});
export type LedgerItem = z.output<typeof LedgerItem>;
