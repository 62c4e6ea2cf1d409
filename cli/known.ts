import { describeError } from './errors.ts';

/** A value, or why it is not known. */
export type Known<Value> = { readonly value: Value } | { readonly unknown: string };

const NOT_EMULATED = 'the local system does not emulate it';

/**
 * Asks for one part of a report. A missing permission must not hide the rest: it is one line of it.
 *
 * @param hasService whether there is a service to ask
 */
export async function known<Value>(
  hasService: boolean,
  ask: () => Promise<Value>,
): Promise<Known<Value>> {
  if (!hasService) return { unknown: NOT_EMULATED };
  try {
    return { value: await ask() };
  } catch (error) {
    const told = describeError(error);
    if (told === undefined) throw error;
    return { unknown: told.message };
  }
}
