/** At least one of so many calls in a row is verified. */
export const SAMPLE_INTERVAL = 20;
/** How many verified calls in a row must go well before fewer are verified again. */
const CALLS_ON_PROBATION = 10;

/** A call of so many times more images is verified: the smaller one says little about it. */
const GROWTH = 2;

/**
 * Which calls of a sandbox are verified: the first one, each with twice as many images as any before, one
 * in twenty, and after an image was not taken every call until ten have gone well. Only calls count of
 * which something can be verified.
 */
export class Sampler {
  /** Calls since the last verified one. */
  #unverified = SAMPLE_INTERVAL;
  #probation = 0;
  /** The most images of a call that was verified. */
  #maxImages = 0;

  /** @param images that the call holds */
  isDueFor(images: number): boolean {
    const isLarger = images >= GROWTH * this.#maxImages;
    return isLarger || this.#probation > 0 || this.#unverified >= SAMPLE_INTERVAL - 1;
  }

  /** A call of so many images is being read back. */
  begun(images: number): void {
    this.#unverified = 0;
    this.#maxImages = Math.max(this.#maxImages, images);
  }

  /** A call went through, and is not read back. */
  passed(): void {
    this.#unverified += 1;
  }

  /** A call could not be read back: the next one is verified. */
  unread(): void {
    this.#unverified = SAMPLE_INTERVAL;
    this.#maxImages = 0;
  }

  /** All of a call was taken. */
  wentWell(): void {
    this.#probation = Math.max(0, this.#probation - 1);
  }

  /** Something of a call was not taken. */
  wentBadly(): void {
    this.#probation = CALLS_ON_PROBATION;
  }
}
