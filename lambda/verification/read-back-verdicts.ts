import type { Field, Values } from '../contract/fields.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Clock } from '../general/clock.ts';
import type { Update } from '../images/change.ts';
import type { OpenImages } from '../images/open-images.ts';
import type { FailingImages } from '../isolation/failing-images.ts';
import type { UpdateSet } from '../isolation/finding.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { OnTaken, ReadBackResult } from './read-back.ts';
import { type RewrittenText, rewrittenTextOf } from './rewritten-text.ts';
import type { UntakenImages } from './untaken-images.ts';
import type { VerificationMemory } from './verification-memory.ts';
import type { Verify, Watch } from './watch.ts';

export interface ReadBackVerdictsDependencies {
  readonly registry: VerdictRegistry;
  readonly troubles: ImageTroubles;
  readonly failing: Pick<FailingImages, 'note'>;
  readonly memory: VerificationMemory;
  readonly clock: Clock;
  readonly limits: { readonly verify: Verify; readonly maxImagesPerCall: number };
  /** Images that are not decided yet. */
  readonly openImages: OpenImages;
  readonly untakenImages: UntakenImages;
}

const NOT_TAKEN: Retried = {
  kind: 'retry',
  reason: 'NotTaken',
  detail: 'FinerWorks answered success, and still shows the image as it was before',
};

/** Decides about the images of calls that were read back, and what that says of other calls. */
export class ReadBackVerdicts {
  /** Images, by what became of them. */
  readonly figures = { verified: 0, rewritten: 0, notTaken: 0, unverifiable: 0, unverified: 0 };
  /** A text that FinerWorks rewrote, the first of the invocation. */
  rewritten: RewrittenText | undefined;
  readonly #dependencies: ReadBackVerdictsDependencies;

  constructor(dependencies: ReadBackVerdictsDependencies) {
    this.#dependencies = dependencies;
  }

  /** A list showed an image as it was sent. @param stored what FinerWorks made of its texts, where that differs */
  verified(update: Update, stored: Values | undefined, onTaken: OnTaken): void {
    this.figures.verified += 1;
    this.#dependencies.untakenImages.taken(update);
    this.take(update, stored, onTaken);
  }

  /** An image that was waited for counts as applied. */
  take(update: Update, stored: Values | undefined, onTaken: OnTaken): void {
    if (stored !== undefined) {
      this.figures.rewritten += 1;
      this.rewritten ??= rewrittenTextOf(update, stored);
    }
    onTaken(update, stored);
    this.#dependencies.openImages.delete(update);
  }

  /** @returns whether nothing raises doubts about other calls */
  conclude(watch: Watch, result: ReadBackResult, onTaken: OnTaken): boolean {
    const { memory, clock, limits } = this.#dependencies;
    const { untaken, changed, unread } = result;
    const { sampler, callSize } = memory;
    const now = clock.now();
    if (unread !== undefined) {
      sampler.unread();
      callSize.hold(watch.images, now);
      this.#leaveUnread(result, unread, onTaken);
      return true;
    }
    if (untaken.length === 0) {
      sampler.wentWell();
      callSize.tookAll(changed, limits.maxImagesPerCall, now);
      return true;
    }
    sampler.wentBadly();
    this.#leaveUntaken(watch, result);
    return false;
  }

  #leaveUnread(result: ReadBackResult, unread: Retried, onTaken: OnTaken): void {
    const { limits, registry, clock, openImages } = this.#dependencies;
    const { untaken, asBefore, doubtful } = result;
    const seen = new Set(limits.verify === 'all' ? [] : asBefore);
    this.figures.unverified += untaken.length - seen.size;
    for (const update of untaken) {
      if (limits.verify === 'all') {
        registry.record(update, unread);
        openImages.delete(update);
      } else if (seen.has(update)) {
        // A list showed it as it was before: it is not acknowledged because the next list failed.
        this.#recordUntaken(update, doubtful.get(update), clock.now());
        openImages.delete(update);
      } else this.take(update, undefined, onTaken);
    }
  }

  #leaveUntaken({ account, images, at }: Watch, result: ReadBackResult): void {
    const { failing, memory, clock, openImages, untakenImages } = this.#dependencies;
    const { callSize, lateness } = memory;
    const { untaken, changed, doubtful } = result;
    const now = clock.now();
    for (const update of untaken) this.#recordUntaken(update, doubtful.get(update), now);
    const set: UpdateSet = { account, updates: untaken, isChecked: true };
    // The success of the call itself counts as the account's success.
    if (images === 1)
      failing.note({ kind: 'failed', set, at: at - 1, verdict: NOT_TAKEN, isSlow: false });
    callSize.hold(images, now);
    // Where lists are later than an invocation lasts, nothing is known about the call.
    if (images > 1 && lateness.isKnown) {
      untakenImages.add({ set, images, isPartTaken: changed > 0 });
    } else openImages.deleteAll(untaken);
  }

  #recordUntaken(update: Update, strange: readonly Field[] | undefined, now: number): void {
    const { registry, troubles } = this.#dependencies;
    this.figures.notTaken += 1;
    registry.record(update, { ...NOT_TAKEN, ...(strange !== undefined && { strange }) });
    troubles.set(update.guid, { ...troubles.of(update.guid), notTaken: now });
  }
}
