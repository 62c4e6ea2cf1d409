// @ts-nocheck
import * as z from 'zod';

const Coded = z.object({ code: z.string() });

/** The code of an error of Node or the network, `ENOENT`, say; undefined where it has none. */
export function errorCode(error: unknown): string | undefined {
  return Coded.safeParse(error).data?.code;
}
