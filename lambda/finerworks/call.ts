import { type AllValues, type ListOfEachField, ofEachField } from '../contract/fields.ts';
import type { Update } from '../images/change.ts';

/** One `PUT /v3/update_images`: images of one account, each guid once. */
export interface Call {
  readonly account: string | null;
  readonly updates: readonly Update[];
}

/** An image as a body holds it. */
interface CallImage extends AllValues {
  readonly guid: string;
}

/** What surrounds the texts of an image in a body. */
const FRAME_BYTES = JSON.stringify({ guid: '', ...ofEachField(() => '') }).length + ','.length;
/** Of one UTF-16 code unit: as UTF-8 it takes three at most, escaped it takes six. */
const MAX_BYTES_OF_UNIT = '\\u001f'.length;

/** How large one call may be. */
export interface CallLimits {
  readonly maxImagesPerCall: number;
  readonly maxBytesPerCall: number;
}

/** The request's body: only fields with a text, because what `null` does is not documented. */
export function toBody({ account, updates }: Call): string {
  return JSON.stringify({ images: updates.map(toImage), account_key: account });
}

/** Bytes that an image adds to a body, with the comma before it. */
export function sizeOf(update: Update): number {
  return Buffer.byteLength(JSON.stringify(toImage(update))) + 1;
}

/** What {@link sizeOf} cannot exceed, without writing the image: JSON makes `\u001f` of a unit at most. */
export function maxBytesOf(update: Update): number {
  const { guid, title, description } = toImage(update);
  const texts: ListOfEachField<string | undefined> = [title, description];
  let units = guid.length;
  for (const text of texts) units += text?.length ?? 0;
  return FRAME_BYTES + MAX_BYTES_OF_UNIT * units;
}

/** Whether a call stays within both limits; a lone image may be as large as it is. */
export function fitsOneCall(
  call: Call,
  { maxImagesPerCall, maxBytesPerCall }: CallLimits,
): boolean {
  const { length } = call.updates;
  if (length > maxImagesPerCall) return false;
  const most = call.updates.reduce((bytes, update) => bytes + maxBytesOf(update), 0);
  // To write a call only to measure it takes as long as to send it.
  return (
    length <= 1 || most < maxBytesPerCall / 2 || Buffer.byteLength(toBody(call)) <= maxBytesPerCall
  );
}

function toImage({ guid, title, description, standing }: Update): CallImage {
  return {
    guid,
    title: title ?? standing?.title,
    description: description ?? standing?.description,
  };
}
