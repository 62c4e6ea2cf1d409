import type { TextLimits } from '../image.ts';
import { eventReader, type ReadEvent } from '../image-event.ts';
import { RejectedEvent } from '../rejected-event.ts';
import { explain } from './explain.ts';

/**
 * The reader of the contract for programs that need not start fast: its rejections say all that the
 * function writes into a dead letter.
 */
export function explainingReader(limits: TextLimits): ReadEvent {
  const readEvent = eventReader(limits);
  return (...message) => {
    try {
      return readEvent(...message);
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      throw new RejectedEvent(error.reason, explain(error));
    }
  };
}
