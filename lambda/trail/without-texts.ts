import { FIELDS, type Values } from '../contract/fields.ts';

/** Shorter texts are words that a detail has anyway. */
const SHORTEST = 4;
/** As much of a text tells it from anything else; answers that quote one may cut it. */
const BEGINNING = 20;

/**
 * A detail as far as no text of the event is quoted in it: FinerWorks' answers may hold what they are
 * about, and the trail keeps no texts.
 *
 * @param images with the texts of the event
 */
export function withoutTexts(detail: string, images: readonly Values[]): string {
  let end = detail.length;
  for (const image of images) {
    for (const field of FIELDS) {
      const text = image[field];
      if (text === undefined || text.length < SHORTEST) continue;
      const at = detail.indexOf(text.slice(0, BEGINNING));
      if (at !== -1) end = Math.min(end, at);
    }
  }
  return end === detail.length ? detail : `${detail.slice(0, end)}…`;
}
