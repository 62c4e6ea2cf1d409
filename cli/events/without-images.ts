import { readGuid } from '../../lambda/contract/image.ts';
import { isJsonObject, type JsonObject } from '../../lambda/contract/json.ts';
import type { ValidEvent } from '../files/checked-events.ts';
import { withBody } from './edit.ts';

/**
 * Leaves images out of an event. Its id, its time and its other images stay.
 *
 * @returns the same event where it has none of them; undefined where it has no others
 */
export function withoutImages(
  valid: ValidEvent,
  leftOut: ReadonlySet<string>,
): ValidEvent | undefined {
  const { text, event } = valid;
  const images = event.images.filter(({ guid }) => !leftOut.has(guid));
  if (images.length === event.images.length) return valid;
  if (images.length === 0) return undefined;
  const kept = withBody(text, (body) => ({ ...body, images: imagesOf(body, leftOut) }));
  return { ...valid, text: kept, event: { ...event, images } };
}

function imagesOf({ images }: JsonObject, leftOut: ReadonlySet<string>): unknown[] {
  const all: readonly unknown[] = Array.isArray(images) ? images : [];
  return all.filter((image) => {
    const guid = isJsonObject(image) ? readGuid(image.guid) : undefined;
    return guid === undefined || !leftOut.has(guid);
  });
}
