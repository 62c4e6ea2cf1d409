/** The ceiling of every sibling call of update_images that takes a list (inferred for it). */
export const IMAGES_PER_CALL = 50;
/** The stack's `maxConcurrency`: so many calls are under way at once. */
export const INVOCATIONS_AT_ONCE = 2;

/** What nobody could undercut: a full call for each 50 images that change at all. */
export function fewestCalls(changedImages: number): number {
  return Math.ceil(changedImages / IMAGES_PER_CALL);
}
