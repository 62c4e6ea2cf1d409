// @ts-nocheck
import { tellError } from '../errors.ts';

/** What a check found. */
export interface Finding {
  readonly subject: string;
  readonly result: 'ok' | 'fails' | 'unknown';
  /** What is there; or what is wrong, and what to do. */
  readonly detail: string;
}

/** Something that is amiss, though AWS and FinerWorks answered. */
export class Amiss extends Error {
  override readonly name = 'Amiss';
}

/** Something that can't be looked at here. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** One thing to look at. */
export interface Check {
  readonly subject: string;
  /**
   * @returns what is there
   * @throws {Amiss} or {NotHere}, or whatever error there is
   */
  readonly look: () => Promise<string>;
}

/** Looks at one thing. What goes wrong with it is the finding. */
export async function look({ subject, look: find }: Check): Promise<Finding> {
  try {
    return { subject, result: 'ok', detail: await find() };
  } catch (error) {
    if (error instanceof NotHere) return { subject, result: 'unknown', detail: error.message };
    if (error instanceof Amiss) return { subject, result: 'fails', detail: error.message };
    const told = tellError(error);
    if (told === undefined) throw error;
    return { subject, result: 'fails', detail: told.message };
  }
}
