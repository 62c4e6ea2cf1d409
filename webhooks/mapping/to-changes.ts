import type { JsonObject } from '../../lambda/contract/json.ts';
import type { EventFacts } from '../../producer/event.ts';
import type { Mapped } from '../sources/source.ts';
import { imagesOf, type RecordReading } from './images.ts';

/** What an event says of itself. */
export type Facts = Pick<EventFacts, 'id' | 'time'>;

/**
 * One change for each record that has guids: its images change together.
 *
 * @throws {RejectedEvent} see {@link imagesOf}
 */
export function toChanges(
  records: readonly JsonObject[],
  reading: RecordReading,
  facts: Facts,
): Mapped {
  const changes = records.flatMap((record) => {
    const images = imagesOf(record, reading);
    return images.length === 0 ? [] : [{ ...facts, images }];
  });
  return changes.length === 0 ? { kind: 'without-guid' } : { kind: 'changes', changes };
}

/** An id and a time as far as they are texts that say something. */
export function factsOf(id: unknown, time: unknown): Facts {
  return {
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(typeof time === 'string' && time !== '' && { time }),
  };
}
