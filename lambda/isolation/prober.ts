import { fieldsOf, type Values } from '../contract/fields.ts';
import type { CallOptions, SendVerdict } from '../delivery/send-verdict.ts';
import type { Sender } from '../delivery/sender.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import { type Call, type CallLimits, fitsOneCall } from '../finerworks/call.ts';
import type { CallApplied } from '../finerworks/classify.ts';
import type { Clock } from '../general/clock.ts';
import type { Update } from '../images/change.ts';
import type { Preflight } from '../inventory/preflight.ts';
import { isUntried, type Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { Verification } from '../verification/verification.ts';
import type { Watch } from '../verification/watch.ts';
import { type Finding, GOOD, type UpdateSet } from './finding.ts';
import type { RefusedImages } from './refused-images.ts';

const BUDGET_SPENT: Retried = {
  kind: 'retry',
  reason: 'BudgetSpent',
  detail: 'the calls that one invocation may spend on an account to find bad images are spent',
};

/** No change is ever sent in another account than its event names. */
const OTHER_ACCOUNT: Retried = {
  kind: 'retry',
  reason: 'Deferred',
  detail:
    'a newer change of the image, of another account, may not be sent: this one is sent by itself',
};

export interface ProberDependencies {
  readonly sender: Sender;
  readonly registry: VerdictRegistry;
  /** Undefined where virtual inventory need not be protected. */
  readonly preflight: Preflight | undefined;
  readonly refused: RefusedImages;
  readonly troubles: ImageTroubles;
  readonly verification: Pick<Verification, 'prepare' | 'answered' | 'imagesTogether'>;
  readonly clock: Clock;
  readonly limits: CallLimits & {
    /** Calls that one invocation may spend on an account to find bad images. */
    readonly maxIsolationCalls: number;
  };
}

export interface ProbeOptions extends CallOptions {
  /** Not part of a search: the image is sent alone because it made a call fail. */
  readonly isOwnCall?: boolean;
  /** See `RefusedImages.add`. */
  readonly since?: number;
}

/** Sends sets of updates, each once, and records what the answer decides. */
export class Prober {
  /** Images that were updated, and calls of update_images that went into searches. */
  readonly figures = { images: 0, isolationCalls: 0 };
  /** Images with an update that went through in this invocation. */
  readonly applied = new Set<string>();
  readonly #dependencies: ProberDependencies;
  readonly #spent = new Map<string | null, number>();

  constructor(dependencies: ProberDependencies) {
    this.#dependencies = dependencies;
  }

  /** Sends a set as part of a search, as long as the account's budget lasts. Never throws. */
  async probe(set: UpdateSet, options: ProbeOptions = {}): Promise<Finding> {
    const { limits } = this.#dependencies;
    const spent = this.#spent.get(set.account) ?? 0;
    if (spent >= limits.maxIsolationCalls && !options.isOwnCall) {
      return this.learn(set, { kind: 'blocked', verdict: BUDGET_SPENT });
    }
    return this.send(set, options, () => {
      this.#spent.set(set.account, spent + 1);
      this.figures.isolationCalls += 1;
    });
  }

  /**
   * Checks, completes and sends a set, and reads it back where it is its turn. Never throws.
   *
   * @param onCall called where there is something to send
   */
  async send(
    set: UpdateSet,
    options: ProbeOptions = {},
    onCall: () => void = () => {},
  ): Promise<Finding> {
    const { sender, registry, preflight, clock, limits, verification } = this.#dependencies;
    const { account } = set;
    let { updates } = set;
    if (preflight !== undefined && !(set.isChecked && preflight.holdsFor(updates))) {
      const checked = await preflight.check(account, updates, options);
      if ('kind' in checked) return this.learn(set, checked);
      // What failed before is decided now, or other updates replace it.
      for (const update of set.updates) if (!checked.includes(update)) registry.retract(update);
      updates = checked.filter(({ account }) => account === set.account);
      for (const update of checked)
        if (!updates.includes(update)) registry.record(update, OTHER_ACCOUNT);
    }
    if (updates.length === 0) return GOOD;
    const ready = this.#complete(updates);
    if (ready.size === 0) return { kind: 'blocked' };
    const readySet = { ...set, updates: [...ready.keys()], isChecked: true };
    const call = { account, updates: [...ready.values()] };
    const maxImagesPerCall = Math.min(limits.maxImagesPerCall, verification.imagesTogether);
    if (!fitsOneCall(call, { ...limits, maxImagesPerCall })) {
      return { kind: 'tooLarge', set: readySet, at: clock.now() };
    }
    onCall();
    const watch = await verification.prepare(readySet);
    if (watch !== undefined && 'kind' in watch) return this.learn(readySet, watch);
    const verdict = withCompany(await sender.send(call, options), call);
    return this.learn(readySet, verdict, options, watch);
  }

  /** Records what a set's answer decides, and says what is still open. */
  learn(
    set: UpdateSet,
    verdict: SendVerdict,
    { since }: ProbeOptions = {},
    watch?: Watch,
  ): Finding {
    const { registry, refused, sender } = this.#dependencies;
    const at = this.#dependencies.clock.now();
    switch (verdict.kind) {
      case 'blocked':
        for (const update of set.updates) this.#recordUntried(update, verdict.verdict);
        return { kind: 'blocked' };
      case 'failed':
        for (const update of set.updates) registry.record(update, verdict.verdict);
        return { ...verdict, set, at };
      case 'applied':
        return this.#learnApplied(set, verdict, at, watch);
      case 'refused': {
        const lane = sender.lanes.of(set.account);
        const [only] = set.updates;
        if (only && set.updates.length === 1) refused.add(only, lane, verdict, at, since);
        if (verdict.tooLarge) return { kind: 'tooLarge', set, at };
        const { prose, listed } = verdict;
        return { kind: 'refused', set, at, hints: { prose, listed } };
      }
    }
  }

  /** @returns each update as it is to be sent; the registry has those that must wait */
  #complete(updates: readonly Update[]): Map<Update, Update> {
    const { preflight } = this.#dependencies;
    const ready = new Map<Update, Update>();
    for (const update of updates) {
      const completed = preflight?.complete(update) ?? update;
      if ('kind' in completed) this.#recordUntried(update, completed);
      else ready.set(update, completed);
    }
    return ready;
  }

  #learnApplied(
    set: UpdateSet,
    { listed }: CallApplied,
    at: number,
    watch: Watch | undefined,
  ): Finding {
    const { refused, sender, verification } = this.#dependencies;
    const lane = sender.lanes.of(set.account);
    const missing: Update[] = [];
    const applied: Update[] = [];
    for (const update of set.updates) {
      if (listed !== undefined && !listed.has(update.guid)) {
        missing.push(update);
        continue;
      }
      applied.push(update);
    }
    for (const { guid } of applied) this.applied.add(guid);
    if (watch === undefined) for (const update of applied) this.#taken(update, undefined);
    else verification.answered(watch, applied, this.#taken);
    if (missing.length < set.updates.length) lane.health.confirmed(at);
    if (missing.length === 0) return GOOD;
    const [only] = missing;
    if (only && set.isSecondTry) {
      const detail = 'FinerWorks answered success twice, without this image';
      refused.add(only, lane, { detail }, at);
    }
    return { kind: 'leftOut', set: { ...set, updates: missing }, at };
  }

  readonly #taken = (update: Update, stored: Values | undefined): void => {
    const { registry, troubles } = this.#dependencies;
    this.figures.images += 1;
    registry.record(update, { kind: 'applied', ...(stored && { stored }) });
    troubles.set(update.guid, undefined);
  };

  /** A failed call says more than that there was no other. */
  #recordUntried(update: Update, verdict: Retried): void {
    const { registry } = this.#dependencies;
    const known = registry.ofUpdate(update);
    if (known?.kind === 'retry' && !isUntried(known)) return;
    registry.record(update, verdict);
  }
}

/** Adds to a lone image's refusal that a field was sent along: that may be the cause. */
function withCompany(verdict: SendVerdict, { updates: [only, ...others] }: Call): SendVerdict {
  const [field] = fieldsOf(only?.standing ?? {});
  if (verdict.kind !== 'refused' || field === undefined || others.length > 0) return verdict;
  return { ...verdict, detail: `${verdict.detail} (its ${field} went along as FinerWorks has it)` };
}
