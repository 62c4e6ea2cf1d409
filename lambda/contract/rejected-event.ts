import type { Rejection } from '../verdicts/reasons.ts';

/** An event that can never be processed: why, and where in it. Its message never holds a whole body. */
export class RejectedEvent extends Error {
  override readonly name = 'RejectedEvent';
  readonly reason: Rejection;
  /** What was found where an event should be; `explain.ts` says more about it. */
  readonly found: unknown;

  /**
   * @param reason the machine-readable cause
   * @param detail what a producer needs to correct the event, faults separated by `; `
   * @param found see {@link found}
   */
  constructor(reason: Rejection, detail: string, found?: unknown) {
    super(detail);
    this.reason = reason;
    this.found = found;
  }
}
