import * as z from 'zod';

/** The file of `probe --save`, which synth and `check` read: in the working folder. */
export const PROBE_FILE = 'image-updates.probe.json';

const Count = z.int().nonnegative();

/** How long a text may be, in UTF-16 code units as the settings count them. */
const Length = z.object({
  /** The longest text that was stored whole. */
  whole: Count,
  /** The shortest that was not; unset where every one was. */
  tooLong: z.optional(Count),
  /** What happened to that one. */
  beyond: z.optional(z.enum(['cut', 'refused'])),
});
export type Length = z.output<typeof Length>;

/**
 * What was seen of the API. Each fact stands for one question that FinerWorks' documentation leaves open
 * (docs/probe.md); one that is missing was not seen.
 */
export const Facts = z
  .object({
    keys: z.literal('accepted'),
    /** Of all answers, in milliseconds. */
    answers: z.object({ median: Count, longest: Count }),
    /** Headers about limits, `retry-after` among them, as they came. */
    limitHeaders: z.record(z.string(), z.string()),
    /** Whether a second page shows other images than the first. */
    pages: z.enum(['kept', 'ignored']),
    /** What `count` counts. */
    count: z.enum(['page', 'matching', 'library', 'absent']),
    /** Images on a page where no size is asked for. */
    defaultPage: Count,
    /** A filter of one image that there is. */
    filter: z.enum(['kept', 'ignored', 'missed']),
    /** A filter of one image that there is not. */
    unknownFilter: z.enum(['empty', 'refused', 'ignored']),
    guidCase: z.enum(['folded', 'kept', 'refused']),
    guidsWritten: z.enum(['lower', 'upper', 'mixed']),
    /** `hidden`: an image that has products is listed without them. */
    products: z.enum(['shown', 'empty', 'absent', 'hidden']),
    /** `list_virtual_inventory` by `guid_filter`. */
    inventoryFilter: z.enum(['kept', 'ignored', 'missed', 'refused']),
    session: z.enum(['any', 'matters', 'refused']),
    longestShown: z.object({ title: Count, description: Count }),
    single: z.enum(['taken', 'rewritten', 'notTaken', 'refused']),
    /** Seconds from an update's answer until the list showed it, at most. */
    listSeconds: z.number().nonnegative(),
    /** Which images of a call of two are taken. */
    many: z.enum(['all', 'first', 'some', 'none', 'refused']),
    /** `images[]` in the answers of updates. */
    listing: z.enum(['none', 'asTaken', 'fewer']),
    omitted: z.enum(['kept', 'blanked', 'changed', 'refused']),
    nulls: z.enum(['kept', 'blanked', 'changed', 'refused']),
    empty: z.enum(['blanked', 'kept', 'refused']),
    /** An unknown guid after a known one. */
    unknownGuid: z.enum(['refusesAll', 'refusedButTaken', 'passedOver', 'named', 'dropsAll']),
    titleLength: Length,
    descriptionLength: Length,
    emoji: z.enum(['kept', 'changed', 'refused']),
    entities: z.enum(['kept', 'decoded', 'encoded', 'changed', 'refused']),
    blanks: z.enum(['kept', 'trimmed', 'changed', 'refused']),
    lineBreaks: z.enum(['kept', 'changed', 'refused']),
  })
  .partial();
export type Facts = z.output<typeof Facts>;
export type FactName = keyof Facts;

const FACT_NAMES = Object.keys(Facts.shape) as FactName[];

/** What one probe saw. It holds neither keys, nor guids, nor texts of images. */
export const Probed = z.object({
  format: z.literal(1),
  /** RFC 3339. */
  at: z.iso.datetime(),
  apiUrl: z.string(),
  calls: Count,
  facts: Facts,
  /** Why a fact is missing. */
  notSeen: z.partialRecord(z.enum(FACT_NAMES), z.string()),
});
export type Probed = z.output<typeof Probed>;
