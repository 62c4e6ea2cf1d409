/** The ceiling of every sibling call of update_images that takes a list (inferred for it). */
export const IMAGES_PER_CALL = 50;
/** The stack's `maxConcurrency`: so many calls are under way at once. */
export const INVOCATIONS_AT_ONCE = 2;

/** What nobody could undercut: full calls, one behind the other in each invocation. */
export interface Limit {
  readonly calls: number;
  readonly seconds: number;
}

/** @param meanLatency seconds that an answer takes, on average */
export function limitOf(changedImages: number, meanLatency: number): Limit {
  const calls = Math.ceil(changedImages / IMAGES_PER_CALL);
  return { calls, seconds: (calls * meanLatency) / INVOCATIONS_AT_ONCE };
}
