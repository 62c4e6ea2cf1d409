import * as z from 'zod/mini';
import { DELIVERED } from './answers.ts';

/** The body of a letter: a delivery that was signed and could not be mapped. */
export const Letter = z.object({
  /** Of the sender's delivery, or of the request where it has none. */
  id: z.string(),
  source: z.string(),
  headers: z.record(z.string(), z.string()),
  /** The body as the sender wrote it; null where the queue has no room for it, or it is not UTF-8. */
  body: z.nullable(z.string()),
});
export type Letter = z.output<typeof Letter>;

/** What somebody who may invoke a door hands it. */
export const Redelivery = z.object({ redeliver: Letter });

/** What the door answers to it. */
export const Redelivered = z.object({
  answer: z.enum(DELIVERED),
  fault: z.optional(z.object({ reason: z.string(), detail: z.string() })),
});
export type Redelivered = z.output<typeof Redelivered>;
