import type { CallSizeEvidence, EvidenceStore } from '../evidence/evidence-store.ts';

/** How long a size holds before a larger call is tried, in milliseconds. */
const UNTIL_TRIAL = 3_600_000;
/** How often the table is read, since another sandbox may have found a size; in milliseconds. */
const UNTIL_REFRESH = 60_000;

/**
 * How many images of a call FinerWorks takes, as far as verified calls have shown. Usually all of them:
 * then nothing is known here. All sandboxes share it, since otherwise each would learn it from changes
 * that are not taken. Times: milliseconds since 1970.
 */
export class CallSize {
  #known: CallSizeEvidence | undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #isUnsaved = false;

  /** Images that a call may hold; twice as many as are known to be taken, when it is time to try that. */
  most(now: number): number {
    if (this.#known === undefined) return Number.POSITIVE_INFINITY;
    const { images, at } = this.#known;
    return now - at >= UNTIL_TRIAL ? 2 * images : images;
  }

  /** Whether a call is larger than what is known to be taken. */
  isTrial(images: number): boolean {
    return images > (this.#known?.images ?? Number.POSITIVE_INFINITY);
  }

  /** The size that is known. @param max the setting */
  imagesPerCall(max: number): number {
    return Math.min(max, this.#known?.images ?? max);
  }

  /** Some images of a call were taken and others were not. */
  tookPart(images: number, now: number): void {
    const half = Math.max(1, Math.floor(images / 2));
    if (half >= (this.#known?.images ?? Number.POSITIVE_INFINITY)) this.#hold(now);
    else this.#set({ images: half, at: now });
  }

  /**
   * All images of a larger call were taken.
   *
   * @param max the setting: at that size nothing is known any more
   */
  tookAll(images: number, max: number, now: number): void {
    if (this.#known === undefined || !this.isTrial(images)) return;
    const doubled = 2 * this.#known.images;
    this.#set({ images: doubled >= max ? Number.MAX_SAFE_INTEGER : doubled, at: now });
  }

  /** A larger call showed nothing for certain: it is tried again later. */
  hold(images: number, now: number): void {
    if (this.isTrial(images)) this.#hold(now);
  }

  /** Learns what other sandboxes know, once a minute. Never throws: if it fails, nothing changes. */
  async refresh(evidence: EvidenceStore, now: number): Promise<void> {
    if (now - this.#refreshedAt < UNTIL_REFRESH || this.#isUnsaved) return;
    this.#refreshedAt = now;
    const found = await evidence.loadCallSize().catch(() => this.#known);
    if ((found?.at ?? 0) >= (this.#known?.at ?? 0)) this.#known = found;
  }

  /** Shares it with other sandboxes. Never throws: if it fails, the next invocation tries again. */
  async share(evidence: EvidenceStore): Promise<void> {
    const known = this.#known;
    if (!this.#isUnsaved || known === undefined) return;
    this.#isUnsaved = false;
    await evidence.saveCallSize(known).catch(() => {
      this.#isUnsaved = true;
    });
  }

  #hold(now: number): void {
    if (this.#known !== undefined) this.#set({ ...this.#known, at: now });
  }

  #set(known: CallSizeEvidence): void {
    this.#known = known;
    this.#isUnsaved = true;
  }
}
