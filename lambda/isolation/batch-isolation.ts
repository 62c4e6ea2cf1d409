import { fullJitter } from '../delivery/backoff.ts';
import type { Sender } from '../delivery/sender.ts';
import type { Clock, Random } from '../general/clock.ts';
import { RECENTLY } from '../lanes/account-health.ts';
import type { Lane } from '../lanes/lanes.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import { dividedByHints, halved, namedBy, type Part, singly } from './bisect.ts';
import type { FailingImages } from './failing-images.ts';
import type { Finding, Hints, Unresolved, UpdateSet } from './finding.ts';
import { OpenUpdates } from './open-updates.ts';
import type { Prober } from './prober.ts';
import { type RefusedImages, SYSTEMIC_REFUSAL } from './refused-images.ts';

/** Attempts at one call, the first included, before its records go back to the queue. */
const MAX_ATTEMPTS = 3;
/** After so many probes in a row without any success, a single image is likelier to go through. */
const MANY_FAILED_PROBES = 3;

/** The search of sets that hung may meet a second image that hangs. */
const TIMEOUTS_FOR_SEARCH = 2;

/** An open set, and how often it was tried as it is. */
interface Task {
  readonly open: Unresolved;
  readonly attempts: number;
}

export interface IsolationDependencies {
  readonly sender: Sender;
  readonly registry: VerdictRegistry;
  readonly prober: Prober;
  readonly refused: RefusedImages;
  readonly failing: FailingImages;
  readonly clock: Clock;
  readonly random: Random;
  /** Called with images as soon as the registry has their last verdict. */
  readonly onDecided: (guids: readonly string[]) => Promise<void>;
}

/**
 * Finds the images that make calls fail, or that are refused, by bisection. It begins when every lane
 * has had its first round, and takes the lanes in turns: a search may last as long as there is time, and
 * no other image waits for it.
 *
 * One refused image in 50 takes at most 14 calls, the refused one included; k in 50 at most
 * min(99, 2k(log2(64/k)+1)-1) and one more for each: a set costs its two halves on at most 6 levels, and
 * an image is to blame only when it is refused again after another went through (`RefusedImages`).
 */
export class BatchIsolation {
  readonly #dependencies: IsolationDependencies;
  readonly #tasks = new Map<Lane, Task[]>();
  /** Probes in a row of a lane in which nothing went through. */
  readonly #failedProbes = new Map<Lane, number>();
  /** Lanes in which an answer named a good image: the words of answers are not believed any more. */
  readonly #misled = new Set<Lane>();
  readonly #open = new OpenUpdates();

  constructor(dependencies: IsolationDependencies) {
    this.#dependencies = dependencies;
  }

  /** Adds what a call left open. */
  add(finding: Finding, attempts = 1): void {
    if (finding.kind === 'good' || finding.kind === 'blocked') return;
    const { set } = finding;
    this.#open.add(set.updates);
    if (finding.kind === 'failed') this.#dependencies.failing.note(finding);
    else if (finding.kind !== 'tooLarge') this.#dependencies.failing.answered(set);
    const isRefusedAlone = finding.kind !== 'failed' && set.updates.length === 1;
    // An image that was refused alone is judged at the end; a left-out image has a second try.
    if (isRefusedAlone && (finding.kind !== 'leftOut' || set.isSecondTry)) return;
    const lane = this.#dependencies.sender.lanes.of(set.account);
    this.#tasks.set(lane, [...(this.#tasks.get(lane) ?? []), { open: finding, attempts }]);
  }

  /** Whether an image is not decided yet. */
  isOpen(guid: string): boolean {
    return this.#open.has(guid);
  }

  /**
   * Why no further call of the account begins: time is reserved to search sets that hung. That takes
   * little where no other call hangs before. An image that is not found hangs once more, alone.
   */
  blockedBy(account: string | null): Retried | undefined {
    const { sender } = this.#dependencies;
    const tasks = this.#tasks.get(sender.lanes.of(account)) ?? [];
    const hasHung = tasks.some(({ open }) => open.kind === 'failed' && open.isSlow);
    return hasHung ? sender.scheduler.keptFor(TIMEOUTS_FOR_SEARCH) : undefined;
  }

  /** All images have their last verdict. */
  clear(): void {
    this.#open.clear();
  }

  /** Searches, the lanes in turns, until nothing is left or nothing more may be sent. */
  async run(): Promise<void> {
    for (let lanes = [...this.#tasks.keys()]; lanes.length > 0; lanes = [...this.#tasks.keys()]) {
      for (const lane of lanes) {
        const [task, ...rest] = this.#tasks.get(lane) ?? [];
        if (rest.length > 0) this.#tasks.set(lane, rest);
        else this.#tasks.delete(lane);
        if (task !== undefined) await this.#step(lane, task);
      }
    }
  }

  async #step(lane: Lane, task: Task): Promise<void> {
    const { sender, refused, clock } = this.#dependencies;
    const { open } = task;
    if (refused.isSystemic(lane, clock.now())) return this.#leave(open, SYSTEMIC_REFUSAL);
    const blocked = sender.scheduler.blockedBy(lane);
    if (blocked !== undefined) return this.#leave(open, blocked);
    if (open.kind !== 'failed') return this.#sendParts(lane, open, this.#partsOf(lane, open));
    const isThrottled = open.verdict.reason === 'Throttled';
    const isDivisible = open.set.updates.length > 1 && !isThrottled;
    if (isDivisible && (await this.#worksOtherwise(lane, open.at))) {
      return this.#sendParts(lane, open, this.#partsOf(lane, open));
    }
    await this.#tryAgain(lane, task, open);
  }

  /** Makes the same call once more, unless it ran into its timeout. */
  async #tryAgain(
    lane: Lane,
    { open, attempts }: Task,
    { isSlow, verdict }: Extract<Unresolved, { kind: 'failed' }>,
  ) {
    const { sender, random, prober } = this.#dependencies;
    // An incomplete list would be no better a second later.
    if (attempts === MAX_ATTEMPTS || isSlow || verdict.reason === 'InventoryUnknown') return;
    if (!(await sender.scheduler.pause(fullJitter(attempts, random)))) return;
    const finding = await prober.probe(open.set, { isRepeated: true });
    await this.#learn(lane, open, finding);
    this.add(finding, attempts + 1);
  }

  #partsOf(lane: Lane, open: Unresolved): Part[] {
    const { updates } = open.set;
    const [first, ...others] = updates;
    if (open.kind === 'leftOut') return singly(updates);
    if (this.#hasNoSuccess(lane, open) && first !== undefined) return [[first], others];
    if (open.kind === 'refused') return dividedByHints(updates, this.#believed(lane, open.hints));
    // A good image costs the time of its answer, a bad one another timeout.
    return open.kind === 'failed' && open.isSlow ? singly(updates) : halved(updates);
  }

  #believed(lane: Lane, hints: Hints): Hints {
    return this.#misled.has(lane) ? { ...hints, prose: '' } : hints;
  }

  /** Whether nothing of the lane went through since the set failed, despite several probes. */
  #hasNoSuccess(lane: Lane, { at, set }: Unresolved): boolean {
    const haveManyFailed = (this.#failedProbes.get(lane) ?? 0) >= MANY_FAILED_PROBES;
    return haveManyFailed && lane.health.lastSuccessAt <= at && set.updates.length > 2;
  }

  /** Sends the parts of a set. Where all others went through, the last one holds the bad image. */
  async #sendParts(lane: Lane, open: Unresolved, parts: readonly Part[]): Promise<void> {
    const { prober, sender } = this.#dependencies;
    const isOneTakenOff = open.kind !== 'leftOut' && this.#hasNoSuccess(lane, open);
    const isNamed =
      open.kind === 'refused' &&
      !isOneTakenOff &&
      namedBy(this.#believed(lane, open.hints), open.set.updates).length > 0;
    let areOthersGood = open.kind !== 'tooLarge' && open.kind !== 'leftOut';
    let rest = parts;
    for (let isFirst = true; rest.length > 0; isFirst = false) {
      const [updates = [], ...others] = rest;
      rest = others;
      const set: UpdateSet = { ...open.set, updates, isSecondTry: open.kind === 'leftOut' };
      const isLast = rest.length === 0;
      if (isLast && areOthersGood && this.#isKnownBad(open, updates)) {
        this.add({ ...open, set }, updates.length === 1 ? MAX_ATTEMPTS : 1);
        return;
      }
      if (isLast && isOneTakenOff && !areOthersGood)
        return this.add({ ...open, set, isRest: true });
      const blocked = sender.scheduler.blockedBy(lane);
      if (blocked !== undefined) {
        this.#leave({ ...open, set }, blocked);
        areOthersGood = false;
        continue;
      }
      // All others went through, so the refusal of the set was this part's: for an image that is sent alone
      // now, it counts as the first one. The refusal of a rest may have been another image's.
      const wasRefused = isLast && areOthersGood && open.kind === 'refused' && !open.isRest;
      const finding = await prober.probe(set, wasRefused ? { since: open.at } : {});
      await this.#learn(lane, { ...open, set }, finding);
      areOthersGood &&= finding.kind === 'good';
      if (isNamed && !isFirst && finding.kind === 'good') {
        this.#misled.add(lane);
        // The other named images may be good too: they go together.
        if (!isLast) rest = [rest.flat()];
      }
      if (finding.kind === 'refused' && isNamed && isFirst) {
        // If each answer named the next bad image, all would be sent singly.
        this.add({ ...finding, hints: { ...finding.hints, prose: '' } });
        continue;
      }
      // Alone it has failed twice now, once among others.
      this.add(finding, updates.length === 1 ? MAX_ATTEMPTS : 1);
    }
  }

  /**
   * A single image is sent all the same: its own refusal is the evidence against it, and a failure may
   * have passed. It is not sent where it would hang once more.
   */
  #isKnownBad(open: Unresolved, updates: Part): boolean {
    return (open.kind === 'failed' && open.isSlow) || updates.length > 1;
  }

  async #learn(lane: Lane, open: Unresolved, finding: Finding): Promise<void> {
    const { onDecided } = this.#dependencies;
    if (finding.kind === 'good') {
      this.#failedProbes.delete(lane);
      await onDecided(this.#open.close(open.set.updates));
      return;
    }
    this.#failedProbes.set(lane, (this.#failedProbes.get(lane) ?? 0) + 1);
  }

  /** Whether other calls of the account went through: then the images are the cause. */
  async #worksOtherwise(lane: Lane, failedAt: number): Promise<boolean> {
    const isRecent = () => lane.health.lastSuccessAt > failedAt - RECENTLY;
    if (!isRecent()) await this.#dependencies.sender.lanes.refresh(lane);
    return isRecent();
  }

  /** Sends nothing more of a set. What failed has its verdict; what was refused among others has none yet. */
  #leave({ set }: Unresolved, verdict: Retried): void {
    const { registry } = this.#dependencies;
    for (const update of set.updates) {
      if (registry.ofUpdate(update) === undefined) registry.record(update, verdict);
    }
  }
}
