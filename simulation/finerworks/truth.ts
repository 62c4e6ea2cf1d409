import type { ProducedEvent } from '../producer/event.ts';
import { BAD_GUID, BAD_TEXT } from '../producer/images.ts';
import { sizeAlone, type WireImage } from './wire.ts';

/** Whether FinerWorks will never take this image with these texts, whatever its mood. */
export function isBad(image: WireImage): boolean {
  const texts = [image.title, image.description];
  return image.guid.startsWith(BAD_GUID) || texts.some((text) => text?.startsWith(BAD_TEXT));
}

/** The images of an event that FinerWorks will never take as this event wants them. */
export function badImagesOf(event: ProducedEvent, maxBytes: number): string[] {
  return event.images
    .filter((image) => isBad(image) || sizeAlone(image, event.account) > maxBytes)
    .map(({ guid }) => guid);
}
