import { FIELDS } from '../../lambda/contract/fields.ts';
import type { Readings } from '../../local/finerworks/readings.ts';
import type { ProducedEvent } from '../producer/event.ts';
import { BAD_GUID, BAD_TEXT } from '../producer/images.ts';
import { sizeAlone, type WireImage } from './wire.ts';

/** Whether FinerWorks does not know the image. */
export function isUnknown({ guid }: WireImage): boolean {
  return guid.startsWith(BAD_GUID);
}

/** Whether FinerWorks refuses a text of the image. */
export function hasBadText(image: WireImage): boolean {
  return FIELDS.some((field) => image[field]?.trim().startsWith(BAD_TEXT));
}

/** Whether FinerWorks will never take this image with these texts. */
export function isBad(image: WireImage, readings: Readings): boolean {
  return hasBadText(image) || (isUnknown(image) && !readings.has('unknown-ignored'));
}

/** The images of an event that FinerWorks will never take as this event wants them. */
export function badImagesOf(
  event: ProducedEvent,
  { maxBytes, readings }: { readonly maxBytes: number; readonly readings: Readings },
): string[] {
  return event.images
    .filter((image) => isBad(image, readings) || sizeAlone(image, event.account) > maxBytes)
    .map(({ guid }) => guid);
}
