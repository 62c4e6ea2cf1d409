import type { CallBlocked, CallFailed } from '../delivery/send-verdict.ts';
import type { Sender } from '../delivery/sender.ts';
import type { EvidenceStore } from '../evidence/evidence-store.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Clock } from '../general/clock.ts';
import type { Update } from '../images/change.ts';
import type { ListedImages } from '../inventory/inventory-lists.ts';
import type { FailingImages } from '../isolation/failing-images.ts';
import type { UpdateSet } from '../isolation/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import { ListReader } from './list-reader.ts';
import { type OnTaken, ReadBack } from './read-back.ts';
import { ReadBackVerdicts } from './read-back-verdicts.ts';
import { ReadBacks } from './read-backs.ts';
import { type Shown, shownOf } from './read-shown.ts';
import type { RewrittenText } from './rewritten-text.ts';
import { type Probe, UntakenImages } from './untaken-images.ts';
import type { VerificationMemory } from './verification-memory.ts';
import type { Verify, Watch, Watched } from './watch.ts';

export interface VerificationDependencies {
  readonly sender: Sender;
  readonly registry: VerdictRegistry;
  readonly ledger: Pick<Ledger, 'known'>;
  readonly troubles: ImageTroubles;
  readonly failing: Pick<FailingImages, 'note'>;
  readonly memory: VerificationMemory;
  readonly evidence: EvidenceStore;
  readonly clock: Clock;
  readonly limits: {
    readonly verify: Verify;
    readonly virtualInventory: 'protect' | 'remove';
    readonly maxImagesPerCall: number;
  };
  /** Called with each list that reads calls back. */
  readonly onShown?: ((shown: ReadonlyMap<string, Shown>) => void) | undefined;
  /** Of the invocation; 8 to 50 characters. */
  readonly requestId: string;
}

/**
 * Reads images back after calls that were answered with success: one success for a whole call does not
 * prove that each of its images was taken (docs/finerworks-api.md). This runs beside the next calls. The
 * images of a call are decided after it was read back.
 */
export class Verification {
  readonly #dependencies: VerificationDependencies;
  readonly #lists: ListReader;
  /** The texts that lists showed last, of images that are not decided yet. */
  readonly #shown = new Map<string, Shown>();
  readonly #readBacks = new ReadBacks();
  readonly #untaken: UntakenImages;
  readonly #verdicts: ReadBackVerdicts;

  constructor(dependencies: VerificationDependencies) {
    this.#dependencies = dependencies;
    this.#lists = new ListReader(dependencies);
    const { memory, clock } = dependencies;
    this.#untaken = new UntakenImages({
      ...dependencies,
      callSize: memory.callSize,
      now: clock.now,
      readBack: (updates) => this.#readBacks.endOf(updates),
      onLeft: (updates) => this.#readBacks.open.deleteAll(updates),
    });
    const openImages = this.#readBacks.open;
    const untakenImages = this.#untaken;
    this.#verdicts = new ReadBackVerdicts({ ...dependencies, openImages, untakenImages });
  }

  /** Images, by what became of them. */
  get figures() {
    return this.#verdicts.figures;
  }

  /** A text that FinerWorks rewrote, the first of the invocation. */
  get rewritten(): RewrittenText | undefined {
    return this.#verdicts.rewritten;
  }

  /** Images that a call may hold now. */
  get imagesTogether(): number {
    const { memory, clock } = this.#dependencies;
    return memory.callSize.most(clock.now());
  }

  /** Learns what other sandboxes know about the size of calls. Never throws. */
  async begin(): Promise<void> {
    const { memory, evidence, clock, limits } = this.#dependencies;
    if (limits.verify !== 'off') await memory.callSize.refresh(evidence, clock.now());
  }

  /** Notes images as a preflight shows them before their update. */
  readonly noteShown = (listed: ListedImages): void => {
    if (this.#dependencies.limits.verify === 'off') return;
    for (const [guid, image] of listed) this.#shown.set(guid, shownOf(image));
  };

  /**
   * Before a call: decides whether to read it back, and lists its images where no preflight has.
   *
   * @returns undefined where nothing is verified; why the call must not be made where every call is to be
   *   verified and this one can't be
   */
  async prepare({
    account,
    updates,
  }: Pick<UpdateSet, 'account' | 'updates'>): Promise<
    Watch | CallFailed | CallBlocked | undefined
  > {
    const { clock, limits, memory, sender } = this.#dependencies;
    if (limits.verify === 'off') return undefined;
    await this.#readBacks.endOf(updates);
    const isDue = this.#isDue(updates);
    const guids = updates.map(({ guid }) => guid);
    if (isDue && limits.virtualInventory === 'remove') {
      const listed = await this.#lists.list(account, guids);
      if (!('kind' in listed)) for (const [guid, shown] of listed) this.#shown.set(guid, shown);
      else if (limits.verify === 'all') return listed;
      // Its turn is over: where nothing can be read back, not every further call is listed too.
      if ('kind' in listed || listed.size === 0) memory.sampler.begun(updates.length);
    }
    const before = new Map(guids.map((guid) => [guid, this.#shown.get(guid)] as const));
    const earlier = new Map(guids.map((guid) => [guid, sender.log.lastValuesOf(guid)] as const));
    return { isDue, before, earlier, at: clock.now(), account, images: updates.length };
  }

  /**
   * After a success: reads the updates back where it is the call's turn.
   *
   * @param onTaken called with each update that counts as applied, now or later
   */
  answered(watch: Watch, updates: readonly Update[], onTaken: OnTaken): void {
    const { memory, limits } = this.#dependencies;
    const watched = updates.flatMap((update) => {
      const before = watch.before.get(update.guid);
      const earlier = watch.earlier.get(update.guid);
      if (before !== undefined) return [{ update, before, earlier }];
      onTaken(update, undefined);
      return [];
    });
    // The result of another call may have made it this one's turn meanwhile.
    const isDue = watch.isDue || this.#isDue(updates);
    if (isDue) this.#verdicts.figures.unverifiable += updates.length - watched.length;
    // Without a list it is unknown whether anything of the call could be verified.
    const isBlind = limits.virtualInventory === 'remove' && !watch.isDue;
    if (isBlind || (watched.length > 0 && !isDue)) memory.sampler.passed();
    if (watched.length === 0) return;
    const due = this.#readBacks.due();
    if (isDue) {
      memory.sampler.begun(watch.images);
      this.#readBacks.start(isDue, watched, () => this.#readBack(watch, watched, onTaken));
    } else if (due.length > 0) {
      // A call that goes through while another is read back waits for that result.
      this.#readBacks.start(isDue, watched, () => this.#suspend(due, watch, watched, onTaken));
    } else for (const { update } of watched) onTaken(update, undefined);
  }

  /** Whether an image is not decided yet. */
  isOpen(guid: string): boolean {
    return this.#readBacks.open.has(guid);
  }

  /** Images are decided for good. */
  forget(guids: readonly string[]): void {
    for (const guid of guids) this.#shown.delete(guid);
  }

  /** Waits for calls that are read back, and sends images that were not taken once more, in smaller calls. */
  async finish(probe: Probe): Promise<void> {
    const { memory, evidence, clock } = this.#dependencies;
    for (;;) {
      if (this.#untaken.areWaiting) await this.#untaken.sendSome(probe);
      else if (!this.#readBacks.areUnderWay) break;
      else {
        const startedAt = clock.now();
        await this.#readBacks.nextEnd();
        memory.waitingTime.spend(clock.now() - startedAt);
      }
    }
    await memory.callSize.share(evidence);
  }

  #isDue(updates: readonly Update[]): boolean {
    const { limits, memory, troubles } = this.#dependencies;
    if (limits.verify === 'all' || memory.sampler.isDueFor(updates.length)) return true;
    if (memory.callSize.isTrial(updates.length)) return true;
    // An image that was not taken before must be seen, in whichever sandbox it comes.
    return updates.some(({ guid }) => troubles.of(guid)?.notTaken !== undefined);
  }

  async #suspend(
    due: readonly Promise<boolean>[],
    watch: Watch,
    watched: readonly Watched[],
    onTaken: OnTaken,
  ): Promise<boolean> {
    const verdicts = await Promise.all(due);
    if (verdicts.includes(false)) return this.#readBack(watch, watched, onTaken);
    for (const { update } of watched) this.#verdicts.take(update, undefined, onTaken);
    return true;
  }

  async #readBack(watch: Watch, watched: readonly Watched[], onTaken: OnTaken): Promise<boolean> {
    const { sender } = this.#dependencies;
    const readBack = new ReadBack(watched, {
      ...this.#dependencies,
      scheduler: sender.scheduler,
      list: (guids) => this.#listAll(watch.account, guids),
      onTaken: (update, stored) => this.#verdicts.verified(update, stored, onTaken),
    });
    return this.#verdicts.conclude(watch, await readBack.run(), onTaken);
  }

  async #listAll(account: string | null, guids: readonly string[]) {
    const listed = await this.#lists.listAll(account, guids);
    if (!('kind' in listed)) this.#dependencies.onShown?.(listed);
    return listed;
  }
}
