// @ts-nocheck
import type { Rejection } from '../reasons.ts';

/** An event that can never be processed: why, and where in it. Never holds a whole body. */
export class RejectedEvent extends Error {
  override readonly name = 'RejectedEvent';
  readonly reason: Rejection;

  /**
   * @param reason the machine-readable cause
   * @param detail what a producer needs to mend the event, faults separated by `; `
   */
  constructor(reason: Rejection, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
