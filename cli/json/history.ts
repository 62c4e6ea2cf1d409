import * as z from 'zod';
import { ofEachField } from '../../lambda/contract/fields.ts';
import type { LedgerItem } from '../../lambda/ledger/item.ts';
import { momentOf } from '../terminal/moment.ts';
import { Count, Moment } from './parts.ts';

/** Fields of the ledger that hold milliseconds since 1970, wherever they stand. */
const MILLISECONDS = new Set(['at', 'sentAt', 'since', 'leaseUntil', 'notTaken']);

/**
 * What the ledger knows of an image, as `--json` prints it: as it is stored, with times as RFC 3339. What a
 * newer function added stays as it is.
 */
export function historyJson(item: LedgerItem): object {
  const text = JSON.stringify(item, (name, value: unknown) => {
    if (typeof value !== 'number') return value;
    if (MILLISECONDS.has(name)) return momentOf(value);
    return name === 'expiresAt' ? momentOf(value * 1_000) : value;
  });
  return JSON.parse(text);
}

const Order = z.looseObject({ time: z.string(), sentAt: Moment, id: z.string() });

const Field = z.looseObject({
  settled: z
    .looseObject({ order: Order, hash: z.string(), at: Moment, messageId: z.string() })
    .optional()
    .describe('the newest value that FinerWorks confirmed'),
  unsettled: z
    .array(z.looseObject({ order: Order, at: Moment, sentAt: Moment.optional() }))
    .describe('changes that may have been sent, and are undecided'),
  isKnown: z.boolean(),
});

/** The fields of an image's history. There may be more: a newer function may have written it. */
export const HISTORY = {
  guid: z.uuid(),
  token: z.string(),
  leaseUntil: Moment.optional(),
  ...ofEachField(() => Field.optional()),
  rejection: z
    .looseObject({ reason: z.string(), detail: z.string(), at: Moment, messageId: z.string() })
    .optional(),
  trouble: z
    .looseObject({
      refused: z.looseObject({ since: Moment, hash: z.string() }).optional(),
      failing: z
        .looseObject({ reason: z.string(), detail: z.string(), failures: Count, at: Moment })
        .optional(),
      notTaken: Moment.optional(),
    })
    .optional(),
  expiresAt: Moment,
};
