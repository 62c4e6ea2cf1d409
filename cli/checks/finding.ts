import { describeError } from '../errors.ts';

/** What a check found. */
export interface Finding {
  readonly subject: string;
  readonly result: 'ok' | 'fails' | 'unknown';
  /** What is there; or what is wrong, and what to do. */
  readonly detail: string;
}

/** Something that is amiss, though AWS and FinerWorks answered. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** Something that can't be looked at here. */
export class NotApplicable extends Error {
  override readonly name = 'NotHere';
}

/** One thing to look at. */
export interface Check {
  readonly subject: string;
  /**
   * @returns what is there
   * @throws {CheckFailed} or {NotApplicable}, or whatever error there is
   */
  readonly runCheck: () => Promise<string>;
}

/** Looks at one thing. What goes wrong with it is the finding. */
export async function runCheck({ subject, runCheck: find }: Check): Promise<Finding> {
  try {
    return { subject, result: 'ok', detail: await find() };
  } catch (error) {
    if (error instanceof NotApplicable)
      return { subject, result: 'unknown', detail: error.message };
    if (error instanceof CheckFailed) return { subject, result: 'fails', detail: error.message };
    const told = describeError(error);
    if (told === undefined) throw error;
    return { subject, result: 'fails', detail: told.message };
  }
}
