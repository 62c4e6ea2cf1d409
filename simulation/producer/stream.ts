import type { Field } from '../../lambda/contract/fields.ts';

/** Plain events on a plan: each sets the title of one image, by default to a unique text. */
export interface Stream {
  /** For people and figures: `healthy`. */
  readonly name: string;
  /** Eight hexadecimal digits that the guids of its images begin with. */
  readonly prefix: string;
  readonly events: number;
  /** When the first and the last one are sent, in milliseconds since the beginning. */
  readonly from: number;
  readonly until: number;
  /** Whose the events are in turns; unset: the account of the keys. */
  readonly accounts?: readonly string[];
  /** How many images the events are about in turns; unset: each about another one. */
  readonly images?: number;
  /** How many images one event is about: 1 unless set. */
  readonly imagesPerEvent?: number;
  /** What the events set: the title by default. */
  readonly field?: Field;
  /** The texts that each image is set to in turns, if not to new ones. */
  readonly texts?: readonly string[];
  /** Whether the events are to be sent whatever is there. */
  readonly force?: boolean;
  /** Whether the events allow the removal of virtual inventory products. */
  readonly removing?: boolean;
  /** Milliseconds from an event's sending until FinerWorks knows its image, which was just uploaded. */
  readonly knownAfter?: number;
  /** Whether its images are in the inventory library, and with products. */
  readonly inventory?: 'listed' | 'products';
}

/** The images that an event of a stream is about. */
export function guidsOfEvent(stream: Stream, event: number): string[] {
  const { prefix, imagesPerEvent = 1, images = stream.events * imagesPerEvent } = stream;
  return Array.from({ length: imagesPerEvent }, (_, at) => {
    const image = (event * imagesPerEvent + at) % images;
    return `${prefix}-abcd-4000-8000-${String(image).padStart(12, '0')}`;
  });
}

/** Every image that events of a stream are about. */
export function guidsOf(stream: Stream): string[] {
  const events = Array.from({ length: stream.events }, (_, event) => event);
  return [...new Set(events.flatMap((event) => guidsOfEvent(stream, event)))];
}
