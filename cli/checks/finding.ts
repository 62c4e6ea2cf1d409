import { describeError } from '../errors.ts';

/** What a check found. */
export interface Finding {
  readonly subject: string;
  readonly result: 'ok' | 'warns' | 'fails' | 'unknown';
  /** What was found; or what is wrong, and what to do. */
  readonly detail: string;
}

/** Something is wrong, although AWS and FinerWorks answered. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** Everything works, and somebody should know something all the same. */
export class CheckWarning extends Error {
  override readonly name = 'CheckWarning';
}

/** A check that can't be made here. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** One check. */
export interface Check {
  readonly subject: string;
  /**
   * @returns what was found
   * @throws {CheckFailed}, {CheckWarning} or {NotApplicable}, or any other error
   */
  readonly runCheck: () => Promise<string>;
}

/** Makes one check. An error becomes its finding. */
export async function runCheck({ subject, runCheck: find }: Check): Promise<Finding> {
  try {
    return { subject, result: 'ok', detail: await find() };
  } catch (error) {
    if (error instanceof NotApplicable)
      return { subject, result: 'unknown', detail: error.message };
    if (error instanceof CheckWarning) return { subject, result: 'warns', detail: error.message };
    if (error instanceof CheckFailed) return { subject, result: 'fails', detail: error.message };
    const told = describeError(error);
    if (told === undefined) throw error;
    return { subject, result: 'fails', detail: told.message };
  }
}
