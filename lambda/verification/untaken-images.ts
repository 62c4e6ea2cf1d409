import type { Update } from '../images/change.ts';
import type { FailingImages } from '../isolation/failing-images.ts';
import type { Finding, UpdateSet } from '../isolation/finding.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { CallSize } from './call-size.ts';

/** Sends updates once more. */
export type Probe = (set: UpdateSet) => Promise<Finding>;

/** Images of a call that were not taken, although it was answered with success. */
interface Untaken {
  readonly set: UpdateSet;
  /** Images of the call. */
  readonly images: number;
  /** Whether others of the call were taken: then lists are in time, and smaller calls may help. */
  readonly isPartTaken: boolean;
}

export interface UntakenDependencies {
  readonly registry: VerdictRegistry;
  readonly failing: Pick<FailingImages, 'note'>;
  readonly callSize: CallSize;
  readonly now: () => number;
  /** Waits until none of these is being read back any more. */
  readonly readBack: (updates: readonly Update[]) => Promise<void>;
  /** Called with updates that are not waited for any more. */
  readonly onLeft: (updates: readonly Update[]) => void;
}

/**
 * Images of calls that were taken only in part, or not at all. They are sent once more in smaller calls,
 * which shows whether the size of calls is the cause or the images.
 */
export class UntakenImages {
  readonly #dependencies: UntakenDependencies;
  readonly #waiting: Untaken[] = [];
  /** By guid: how many images the call had that did not take it. */
  readonly #missedIn = new Map<string, number>();

  constructor(dependencies: UntakenDependencies) {
    this.#dependencies = dependencies;
  }

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  add(untaken: Untaken): void {
    this.#waiting.push(untaken);
    for (const { guid } of untaken.set.updates) this.#missedIn.set(guid, untaken.images);
  }

  /** A smaller call took the image: the size was the cause. */
  taken({ guid }: Update): void {
    const { callSize, now } = this.#dependencies;
    const images = this.#missedIn.get(guid);
    if (images !== undefined) callSize.tookPart(images, now());
    this.#missedIn.delete(guid);
  }

  /**
   * Sends some of those that have waited for longest, in a call of half the size. Where a call took none
   * of several images, one of them alone shows whether the size is the cause.
   */
  async sendSome(probe: Probe): Promise<void> {
    const { registry, failing, callSize, now, readBack, onLeft } = this.#dependencies;
    const untaken = this.#waiting.shift();
    if (untaken === undefined) return;
    const { set, images, isPartTaken } = untaken;
    const half = Math.max(1, Math.floor(images / 2));
    const size = isPartTaken ? Math.min(half, callSize.most(now())) : 1;
    const [updates, others] = [set.updates.slice(0, size), set.updates.slice(size)];
    const finding = await probe({ ...set, updates });
    if (finding.kind === 'failed') failing.note(finding);
    onLeft(updates);
    if (others.length === 0) return;
    if (!isPartTaken) await readBack(updates);
    const isHopeless =
      !isPartTaken && updates.some((update) => registry.ofUpdate(update)?.kind !== 'applied');
    if (isHopeless) onLeft(others);
    else this.#waiting.push({ set: { ...set, updates: others }, images, isPartTaken: true });
  }
}
