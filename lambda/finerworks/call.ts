import type { Update } from '../images/change.ts';

/** One `PUT /v3/update_images`: images of one account, each guid once. */
export interface Call {
  readonly account: string | null;
  readonly updates: readonly Update[];
}

/** How large one call may be. */
export interface CallLimits {
  readonly maxImagesPerCall: number;
  readonly maxBytesPerCall: number;
}

/** The request's body: only supplied fields, because what `null` does is not documented. */
export function toBody({ account, updates }: Call): string {
  return JSON.stringify({ images: updates.map(toImage), account_key: account });
}

/** Bytes that an image adds to a body, with the comma before it. */
export function sizeOf(update: Update): number {
  return Buffer.byteLength(JSON.stringify(toImage(update))) + 1;
}

function toImage({ guid, title, description }: Update) {
  return { guid, title, description };
}
