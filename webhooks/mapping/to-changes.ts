import type { JsonObject } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { EventFacts } from '../../producer/event.ts';
import type { Mapped } from '../sources/source.ts';
import { imagesOf, type RecordReading } from './images.ts';

/** What an event says of itself. */
export type Facts = Pick<EventFacts, 'id' | 'time'>;

/**
 * One change for each record that has guids: its images change together.
 *
 * @throws {RejectedEvent} see {@link imagesOf}; and where the payload has no time, since an old one that somebody sends
 *   again would count as new
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
  if (changes.length === 0) return { kind: 'without-guid' };
  if (facts.time !== undefined) return { kind: 'changes', changes };
  throw new RejectedEvent('InvalidEvent', 'the payload does not say when the change was');
}

/** An id and a time as far as they are texts that say something. */
export function factsOf(id: unknown, time: unknown): Facts {
  return {
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(typeof time === 'string' && time !== '' && { time }),
  };
}
