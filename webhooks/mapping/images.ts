import { FIELDS, type Field } from '../../lambda/contract/fields.ts';
import type { JsonObject } from '../../lambda/contract/json.ts';
import { RejectedEvent } from '../../lambda/contract/rejected-event.ts';
import type { ImageValues } from '../../producer/event.ts';
import { objectsIn } from './by-key.ts';
import { guidsIn } from './guids.ts';
import { type Places, valueAt } from './places.ts';
import { plainText } from './plain-text.ts';

/** How the records of a source are read. */
export interface RecordReading {
  readonly places: Places;
  /** The fields that may be written in HTML. */
  readonly html: readonly Field[];
}

/**
 * What a record, a product say, sets of its images. A text that is missing or empty sets nothing: what is removed in
 * a shop clears nothing at FinerWorks. Where each picture has a guid of its own, its `alt` is its title.
 *
 * @returns none where the record has no guid
 * @throws {RejectedEvent} `InvalidEvent` where it has one, and no text or no guid as it must be
 */
export function imagesOf(record: JsonObject, { places, html }: RecordReading): ImageValues[] {
  const named = guidsIn(valueAt(record, places.guid), places.guid);
  if (named.length === 0) return [];
  const textOf = (value: unknown, field: Field) => {
    if (typeof value !== 'string') return '';
    return html.includes(field) ? plainText(value) : value.trim();
  };
  const texts: Partial<Record<Field, string>> = {};
  for (const [field, place] of placesOfTexts(places)) {
    const text = textOf(valueAt(record, place), field);
    if (text !== '') texts[field] = text;
  }
  return named.map(({ guid, imageId }) => {
    const title = imageId === undefined ? '' : textOf(altOf(record, imageId), 'title');
    const image = { guid, ...texts, ...(title !== '' && { title }) };
    if (Object.keys(image).length > 1) return image;
    throw new RejectedEvent(
      'InvalidEvent',
      `${guid}: no text at ${placesOfTexts(places)
        .map(([, place]) => place)
        .join(' or ')}`,
    );
  });
}

/** Whether a record has anything where a text is to be. */
export function hasTexts(record: JsonObject, places: Places): boolean {
  return placesOfTexts(places).some(([, place]) => valueAt(record, place) !== undefined);
}

function placesOfTexts(places: Places): [Field, string][] {
  return FIELDS.flatMap((field) => {
    const place = places[field];
    return place === undefined ? [] : [[field, place]];
  });
}

function altOf({ images }: JsonObject, imageId: string): unknown {
  return objectsIn(images).find(({ id }) => String(id) === imageId)?.alt;
}
