import pMap from 'p-map';
import { fieldsOf } from '../../lambda/contract/fields.ts';
import { eventReader, type ImageEvent, type ReadEvent } from '../../lambda/contract/image-event.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { Ledger } from '../aws/ledger.ts';
import type { Redriven } from './redrive.ts';

/** Reads of the ledger at once. */
const PARALLEL = { concurrency: 10 };

/** What became of messages that left the queue and are not dead. */
export interface Fates {
  /** FinerWorks has at least one of their values from them. */
  readonly applied: number;
  /** FinerWorks has newer values, or had them already. */
  readonly superseded: number;
}

/** Asks the ledger of how many messages FinerWorks has confirmed a value that is still the last one. */
export async function appliedOf(redriven: readonly Redriven[], ledger: Ledger): Promise<number> {
  const readEvent = eventReader({});
  const isApplied = await pMap(redriven, (one) => wasApplied(one, ledger, readEvent), PARALLEL);
  return isApplied.filter(Boolean).length;
}

async function wasApplied(
  { body, originMessageId }: Redriven,
  { read }: Ledger,
  readEvent: ReadEvent,
): Promise<boolean> {
  for (const image of imagesOf(body, readEvent)) {
    const item = await read(image.guid);
    const isOwn = fieldsOf(image).some(
      (field) => item?.[field]?.settled?.messageId === originMessageId,
    );
    if (isOwn) return true;
  }
  return false;
}

/** None of a body that can't be read: it is dead again, or will be. */
function imagesOf(body: string, readEvent: ReadEvent): ImageEvent['images'] {
  try {
    return readEvent(body).images;
  } catch (error) {
    if (error instanceof RejectedEvent) return [];
    throw error;
  }
}
