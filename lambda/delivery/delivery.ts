import type { EvidenceStore } from '../evidence/evidence-store.ts';
import type { CallLimits } from '../finerworks/call.ts';
import type { Clock, Random } from '../general/clock.ts';
import { shuffle } from '../general/shuffle.ts';
import { type Change, loneUpdate } from '../images/change.ts';
import { coalesce } from '../images/coalesce.ts';
import { Completion } from '../inventory/completion.ts';
import { InventoryLists } from '../inventory/inventory-lists.ts';
import { Preflight } from '../inventory/preflight.ts';
import { SeenImages } from '../inventory/seen-images.ts';
import { BatchIsolation } from '../isolation/batch-isolation.ts';
import { Blame } from '../isolation/blame.ts';
import { FailingImages } from '../isolation/failing-images.ts';
import { Prober } from '../isolation/prober.ts';
import { RefusedImages } from '../isolation/refused-images.ts';
import type { CircuitState } from '../lanes/circuit-breaker.ts';
import { type LaneImages, lanesOf, SHARED } from '../lanes/lanes.ts';
import type { SandboxMemory } from '../lanes/sandbox-memory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { RewrittenText } from '../verification/rewritten-text.ts';
import { Verification } from '../verification/verification.ts';
import type { Verify } from '../verification/watch.ts';
import { deferred } from './call-scheduler.ts';
import { firstRound } from './first-round.ts';
import { Intake } from './intake.ts';
import type { Sender } from './sender.ts';

/** Images that are tried one by one while a circuit is half-open, until one of them makes a call. */
const MAX_TRIALS = 10;
const ORDER_OF_STATES = ['half-open', 'open', 'closed'] as const;
/** When the records of an account come back that there was no time to try; in milliseconds. */
const TRIAL_LATER = 30_000;

export interface DeliveryLimits extends CallLimits {
  readonly maxIsolationCalls: number;
  /** Updates of one invocation that are under way at once. */
  readonly callsAtOnce: number;
  /** When so many images of an account are refused alone and none is taken, they are not the cause. */
  readonly systemicRefusalImages: number;
  /** How long after an event's first sending a refused image may still become known. */
  readonly newImageSeconds: number;
  readonly virtualInventory: 'protect' | 'remove';
  readonly verify: Verify;
  /** Whether fields that no event asks for are sent as the preflight shows them, or left out. */
  readonly omittedFields: 'complete' | 'omit';
}

export interface DeliveryDependencies {
  readonly sender: Sender;
  readonly ledger: Ledger;
  readonly registry: VerdictRegistry;
  readonly memory: SandboxMemory;
  readonly evidence: EvidenceStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: DeliveryLimits;
  /** Of the invocation; 8 to 50 characters. */
  readonly requestId: string;
}

/** Delivers the changes of a batch, lane by lane, so that no account and no image waits for a bad one. */
export class Delivery {
  readonly #dependencies: DeliveryDependencies;
  readonly #prober: Prober;
  /** Undefined where products need not be protected. */
  readonly #preflight: Preflight | undefined;
  readonly #isolation: BatchIsolation;
  readonly #blame: Blame;
  readonly #refused: RefusedImages;
  readonly #failing: FailingImages;
  readonly #intake: Intake;
  readonly #verification: Verification;
  /** Images that are decided but for being read back. */
  readonly #heldBack = new Set<string>();

  constructor(dependencies: DeliveryDependencies) {
    const { sender, ledger, registry, memory, limits, requestId, clock } = dependencies;
    this.#dependencies = dependencies;
    const { troubles } = memory;
    const failing = new FailingImages(troubles, registry, sender.lanes);
    this.#failing = failing;
    const seen = new SeenImages(clock);
    const isCompleting = limits.omittedFields === 'complete';
    const completion = isCompleting
      ? new Completion({ ledger, seen, clock, log: sender.log })
      : undefined;
    const onShown = completion?.correct.bind(completion);
    const verified = { ...dependencies, troubles, failing, memory: memory.verification, onShown };
    const verification = new Verification(verified);
    this.#verification = verification;
    const lists = new InventoryLists(sender, memory, requestId);
    const { noteShown: onListed } = verification;
    const isProtecting = limits.virtualInventory === 'protect';
    const preflight = isProtecting
      ? new Preflight({ lists, registry, ledger, seen, clock, completion, onListed })
      : undefined;
    this.#preflight = preflight;
    const refused = new RefusedImages(limits.systemicRefusalImages, troubles);
    this.#refused = refused;
    const parts = { ...dependencies, preflight, refused, troubles, failing, verification };
    this.#prober = new Prober(parts);
    const withProber = { ...parts, prober: this.#prober, onDecided: this.#onDecided };
    this.#isolation = new BatchIsolation(withProber);
    this.#blame = new Blame({ ...withProber, lists });
    this.#intake = new Intake(parts);
  }

  get figures() {
    const { limits, memory } = this.#dependencies;
    return {
      ...this.#intake.figures,
      ...this.#prober.figures,
      ...this.#verification.figures,
      callSize: memory.verification.callSize.imagesPerCall(limits.maxImagesPerCall),
    };
  }

  /** A text that FinerWorks was seen to store as another one; undefined where none was. */
  get rewritten(): RewrittenText | undefined {
    return this.#verification.rewritten;
  }

  /** @param images the changes of each image; afterwards the registry has all verdicts */
  async deliver(images: readonly (readonly Change[])[]): Promise<void> {
    const { clock, random, ledger } = this.#dependencies;
    await this.#verification.begin();
    const lanes = lanesOf(images);
    const onTrial = lanes.filter((lane) => this.#stateOf(lane) === 'half-open');
    await this.#round(lanes.filter((lane) => !onTrial.includes(lane)));
    for (const lane of shuffle(onTrial, random)) await this.#tryLane(lane);
    await this.#isolation.run();
    await this.#tryFailing();
    await this.#isolation.run();
    await this.#blame.conclude();
    await this.#verification.finish((set) => this.#prober.probe(set));
    this.#failing.conclude(clock.now());
    this.#refused.clear();
    this.#isolation.clear();
    await this.#onDecided(ledger.held());
  }

  readonly #onDecided = (guids: readonly string[]): Promise<void> => {
    const { ledger, registry, sender } = this.#dependencies;
    for (const guid of guids) this.#heldBack.add(guid);
    const decided = [...this.#heldBack].filter(
      (guid) => !this.#verification.isOpen(guid) && !this.#isolation.isOpen(guid),
    );
    for (const guid of decided) this.#heldBack.delete(guid);
    this.#verification.forget(decided);
    return ledger.commit(decided, registry, sender.log);
  };

  #round(lanes: readonly LaneImages[]): Promise<void> {
    return firstRound(this.#intake.groups(lanes), {
      ...this.#dependencies,
      prober: this.#prober,
      preflight: this.#preflight,
      isolation: this.#isolation,
      verification: this.#verification,
      onDecided: this.#onDecided,
    });
  }

  /** Sends one image of an account whose circuit is half-open, and the others once that went well. */
  async #tryLane(lane: LaneImages): Promise<void> {
    const { clock, random, memory, sender } = this.#dependencies;
    const images = shuffle(lane.images, random);
    const before = sender.figures.calls;
    const isOpen = () => this.#stateOf(lane) === 'half-open' && sender.figures.calls === before;
    // An image with nothing to send shows nothing; a few of these are decided on the way.
    for (let tries = 0; tries < MAX_TRIALS && images.length > 0 && isOpen(); tries += 1) {
      if (!memory.riskTime.isLeft(clock.now())) break;
      const startedAt = clock.now();
      await this.#round([{ key: lane.key, images: images.splice(0, 1) }]);
      memory.riskTime.spend(clock.now() - startedAt);
    }
    if (this.#stateOf(lane) === 'closed') return this.#round([{ key: lane.key, images }]);
    this.#recordAll(
      images.flat(),
      deferred('not tried: another image of the account is', TRIAL_LATER),
    );
  }

  /** Sends images that made calls fail before, each alone, as long as there is time for that. */
  async #tryFailing(): Promise<void> {
    const { clock, memory, ledger, registry } = this.#dependencies;
    const images = Map.groupBy(this.#intake.setAside.splice(0), ({ guid }) => guid);
    const inOrder = [...images].toSorted(([a], [b]) => this.#failing.compare(a, b));
    for (const [guid, changes] of inOrder) {
      const now = clock.now();
      const since = this.#failing.dueSince(guid, now);
      const last = this.#failing.lastVerdict(guid);
      const isBlocked = changes.some(({ account }) => this.#isBlocked(account));
      const isSuspected = this.#failing.isOnlySuspected(guid);
      const hasTime = isSuspected || memory.riskTime.isLeft(now);
      if (since === undefined || isBlocked || !hasTime) {
        this.#recordAll(changes, last ?? LATER);
        continue;
      }
      for (const update of await ledger.acquireLeases(coalesce(changes), registry)) {
        const set = { account: update.account, updates: [update], isChecked: false };
        const options = { isOwnCall: true, isLikelyToFail: !isSuspected };
        const finding = await this.#prober.probe(set, options);
        if (finding.kind === 'failed') this.#failing.note(finding, since);
        else this.#isolation.add(finding);
      }
      memory.riskTime.spend(clock.now() - now);
    }
  }

  #isBlocked(account: string | null): boolean {
    const { scheduler, lanes } = this.#dependencies.sender;
    return scheduler.blockedBy(lanes.of(account)) !== undefined;
  }

  #recordAll(changes: readonly Change[], verdict: Retried): void {
    for (const change of changes) this.#dependencies.registry.record(loneUpdate(change), verdict);
  }

  /** The state of the host and of every account in the lane: half-open where any of them is. */
  #stateOf({ key, images }: LaneImages): CircuitState {
    const { clock, sender, memory } = this.#dependencies;
    const isShared = key === SHARED;
    const accounts = isShared ? new Set(images.flat().map(({ account }) => account)) : [key];
    const circuits = [...accounts].map((account) => sender.lanes.of(account).health.circuit);
    const states = [memory.hostCircuit, ...circuits].map((circuit) => circuit.state(clock.now()));
    return ORDER_OF_STATES.find((state) => states.includes(state)) ?? 'closed';
  }
}

const LATER = deferred('not tried: the image made calls fail before', TRIAL_LATER);
