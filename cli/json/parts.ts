import * as z from 'zod';

/** A moment: RFC 3339 in UTC. */
export const Moment = z.iso.datetime().describe('RFC 3339, in UTC');

export const Count = z.int().min(0);

/** A value, or why it is not known. */
export function known<Value extends z.ZodType>(value: Value) {
  return z.union([
    z.strictObject({ value }),
    z.strictObject({ unknown: z.string().describe('why it is not known') }),
  ]);
}

/** What went wrong: of the command as a whole, or where it ended before its end. */
export const Problem = z.strictObject({
  cause: z.string().describe('for programs: the name of the error, or its code'),
  message: z.string().describe('for people'),
});

/** In the place of a result. */
export const Failed = z.strictObject({ error: Problem });
