import type * as z from 'zod/mini';
import { formatPath } from './json.ts';

/**
 * Every fault that zod found, as `path: what is wrong`, separated by `; `.
 *
 * @param error what zod says
 * @param prefix where the parsed value stood in the message
 */
export function faultsOf(error: z.core.$ZodError, prefix: readonly string[]): string {
  return error.issues
    .map(({ path, message }) => {
      const where = formatPath([...prefix, ...path]);
      return where === '' ? message : `${where}: ${message}`;
    })
    .join('; ');
}
