import type { ReadEvent } from '../../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';
import { type Fault, faultsIn } from './faults.ts';

/** What the function would make of a body. */
export interface BodyCheck {
  readonly isValid: boolean;
  /** The reason with which it would be dead again; undefined where it is valid. */
  readonly reason?: string;
  readonly faults: readonly Fault[];
}

/** Reads a body by the function's own contract. */
export function checkBody(body: string, readEvent: ReadEvent): BodyCheck {
  try {
    readEvent(body);
    return { isValid: true, faults: [] };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { isValid: false, reason: error.reason, faults: faultsIn(error.message) };
  }
}
