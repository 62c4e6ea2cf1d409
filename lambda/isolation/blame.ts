import { FIELDS, fieldsOf, ofEachField } from '../contract/fields.ts';
import type { Sender } from '../delivery/sender.ts';
import type { ImageTroubles } from '../evidence/image-troubles.ts';
import type { Call } from '../finerworks/call.ts';
import type { Clock, Random } from '../general/clock.ts';
import { shuffle } from '../general/shuffle.ts';
import type { Update } from '../images/change.ts';
import { AppliedValues, contributionsOf, setsTheSame } from '../images/contributions.ts';
import type { InventoryLists, ListedImages } from '../inventory/inventory-lists.ts';
import { mayHoldKeys } from '../keys/redact-keys.ts';
import type { Lane } from '../lanes/lanes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';
import type { VerdictRegistry } from '../verdicts/verdict-registry.ts';
import type { Prober } from './prober.ts';
import { isProven, type Refusal, type RefusedImages } from './refused-images.ts';

/** After so long with no other refusal and no success of the account, the image is to blame; in milliseconds. */
const LONE_REFUSAL = 600_000;

const OLDER_FIRST: Retried = {
  kind: 'retry',
  reason: 'Deferred',
  detail: 'an older change of the same image has to go first',
};

/** What is left to suspect in one lane, once a control was sent or could not be made. */
interface Proof {
  /** The refused images where none of them could serve as a control; empty in every other case. */
  readonly mayBeAtFault: ReadonlySet<string>;
}

export interface BlameDependencies {
  readonly sender: Sender;
  readonly registry: VerdictRegistry;
  readonly prober: Prober;
  readonly refused: RefusedImages;
  readonly troubles: ImageTroubles;
  /** Also used where virtual inventory is not protected. */
  readonly lists: Pick<InventoryLists, 'list' | 'hasShown'>;
  readonly ledger: Pick<Ledger, 'isKept' | 'contradicts' | 'known'>;
  readonly limits: { readonly newImageSeconds: number };
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Decides on images that were refused alone, after everything else was sent: only then is it known
 * whether FinerWorks takes anything of the account.
 */
export class Blame {
  readonly #dependencies: BlameDependencies;

  constructor(dependencies: BlameDependencies) {
    this.#dependencies = dependencies;
  }

  async conclude(): Promise<void> {
    const { refused, clock } = this.#dependencies;
    // Not what is refused from here on: that was part of one of these and has its verdict. In the turn of its own
    // account a newer change of its image, of another account, may have gone through.
    const lanes = [...refused.lanes].map((lane) => ({ lane, refusals: refused.ofLane(lane) }));
    for (const { lane, refusals } of lanes) {
      const proof = await this.#prove(lane);
      for (const refusal of refusals) await this.#decide(refusal, proof);
      // As long as nothing goes through, one call now and then is enough.
      if (!refused.areFew(lane, clock.now())) lane.health.circuit.open('refusal', clock.now());
    }
  }

  /**
   * Sends a control where nothing of the account went through since the refusals: an image as FinerWorks
   * lists it, which changes nothing. Where even that is refused, no image is to blame. Images with
   * products can't serve as a control, since any update removes those.
   */
  async #prove(lane: Lane): Promise<Proof> {
    const { sender, refused, lists, random, clock } = this.#dependencies;
    const isOpen = (refusal: Refusal) =>
      !isProven(refusal) && lane.health.lastSuccessAt <= refusal.since;
    const nothing: Proof = { mayBeAtFault: new Set() };
    if (refused.ofLane(lane).filter(isOpen).length === 0) return nothing;
    await sender.lanes.refresh(lane);
    const open = refused.ofLane(lane).filter(isOpen);
    if (open.length === 0) return nothing;
    // The successes that other sandboxes saw came before these refusals.
    for (const { update } of open) lane.health.refused(update.guid, clock.now());
    const guids = shuffle([...new Set(open.map(({ update }) => update.guid))], random).slice(0, 50);
    const listed = await lists.list(lane.account, guids);
    if ('kind' in listed) return nothing;
    const [control] = guids.flatMap((guid) => this.#presentOf(guid, lane.account, listed));
    if (control === undefined) return { mayBeAtFault: new Set(guids) };
    const verdict = await sender.send(control);
    const isTaken =
      verdict.kind === 'applied' && (verdict.listed?.has(control.updates[0]?.guid ?? '') ?? true);
    if (isTaken) lane.health.confirmed(clock.now());
    else if (verdict.kind === 'refused') lane.health.circuit.open('refusal', clock.now());
    return nothing;
  }

  /**
   * An image as FinerWorks shows it, to be sent as it is. None where that would lose products, or where
   * the list may be older than what was sent, which only the ledger can say.
   */
  #presentOf(guid: string, account: string | null, listed: ListedImages): Call[] {
    const { ledger, prober, troubles } = this.#dependencies;
    const image = listed.get(guid);
    // The list may not show yet what went through just now in another account.
    if (!ledger.isKept || prober.applied.has(guid) || image === undefined || image.skus.length > 0)
      return [];
    // Nor what was answered with success and not seen since: the list may be late.
    if (troubles.of(guid)?.notTaken !== undefined) return [];
    const update: Update = { guid, account, ...ofEachField((field) => image[field]), changes: [] };
    const fields = fieldsOf(update);
    const isOther = fields.some((field) => {
      const shown = update[field] ?? '';
      return ledger.contradicts(guid, field, shown) || mayHoldKeys(shown);
    });
    return fields.length === 0 || isOther ? [] : [{ account, updates: [update] }];
  }

  async #decide(refusal: Refusal, proof: Proof): Promise<void> {
    const { registry, clock } = this.#dependencies;
    const { update, lane, rejected, since } = refusal;
    const contributions = contributionsOf(update);
    if (isProven(refusal) && contributions.length === 1) this.#blame(update, rejected);
    else if (lane.health.lastSuccessAt > since) await this.#sendContributions(contributions);
    else if (this.#isLoneRefusal(refusal, proof)) {
      const isAnyTheSame = contributions.some((contribution) => setsTheSame(contribution, update));
      // It is unknown which of them is the cause.
      if (!isAnyTheSame) return this.#sendContributions(contributions);
      lane.health.blamed(update.guid, clock.now());
      // Nothing is known yet about the values of the other changes.
      for (const contribution of contributions) {
        if (setsTheSame(contribution, update)) this.#blame(contribution, rejected);
        else registry.record(contribution, unproven(refusal, clock.now()));
      }
    } else registry.record(update, unproven(refusal, clock.now()));
  }

  /**
   * The image is to blame. FinerWorks may not know an image yet that was just uploaded (inferred:
   * docs/finerworks-api.md), so young events are tried once more when they are older.
   */
  #blame(update: Update, rejected: Rejected): void {
    const { registry, prober, lists, ledger, limits, clock } = this.#dependencies;
    const { guid } = update;
    const wasConfirmed = FIELDS.some((field) => ledger.known(guid, field)?.settled !== undefined);
    const isKnown = prober.applied.has(guid) || lists.hasShown(guid) || wasConfirmed;
    for (const change of update.changes) {
      const knownBy = change.order.sentAt + limits.newImageSeconds * 1_000;
      const left = Math.ceil((knownBy - clock.now()) / 1_000);
      const waiting: Retried = {
        kind: 'retry',
        reason: 'NotKnownYet',
        detail: `refused, perhaps since just uploaded; tried again in ${left} s: ${rejected.detail}`,
        retryAfterSeconds: left,
      };
      registry.recordChange(update, change, isKnown || left <= 0 ? rejected : waiting);
    }
  }

  #isLoneRefusal({ update, lane, since }: Refusal, { mayBeAtFault }: Proof): boolean {
    const { refused, clock } = this.#dependencies;
    const isLong = clock.now() - since >= LONE_REFUSAL;
    return isLong && mayBeAtFault.has(update.guid) && refused.areFew(lane, clock.now());
  }

  /** Sends a single change once more, and the changes of a coalesced update one by one, oldest first. */
  async #sendContributions(contributions: readonly Update[]): Promise<void> {
    const { sender, registry, prober, refused, clock } = this.#dependencies;
    const applied = new AppliedValues();
    let isBlocked = false;
    for (const contribution of contributions) {
      const known = refused.of(contribution);
      if (known && isProven(known)) this.#blame(contribution, known.rejected);
      // Nothing may overtake an older change.
      else if (isBlocked) registry.record(contribution, OLDER_FIRST);
      // The same values of another event would prove nothing: nothing went through since.
      else if (known && known.lane.health.lastSuccessAt <= known.at) {
        registry.record(contribution, unproven(known, clock.now()));
      } else if (applied.includes(contribution)) registry.record(contribution, { kind: 'applied' });
      else {
        const { guid, account } = contribution;
        const doubts = sender.log.doubtsOf(guid);
        const set = { account, updates: [contribution], isChecked: true };
        const first = await prober.probe(set);
        const isLeftOut = first.kind === 'leftOut';
        const finding = isLeftOut ? await prober.probe({ ...set, isSecondTry: true }) : first;
        const refusal = refused.of(contribution);
        // A call without an answer may still arrive, and would bring the older value back.
        const isDoubtful = sender.log.doubtsOf(guid) > doubts;
        isBlocked = finding.kind === 'failed' || finding.kind === 'blocked' || isDoubtful;
        if (finding.kind === 'good') {
          refused.delete(contribution);
          if (this.#isThere(contribution)) applied.add(contribution);
        } else if (
          refusal !== undefined &&
          finding.kind !== 'failed' &&
          finding.kind !== 'blocked'
        ) {
          if (isProven(refusal)) this.#blame(contribution, refusal.rejected);
          else registry.record(contribution, unproven(refusal, clock.now()));
        }
      }
    }
  }

  /** Whether it was sent: another preflight may have found products and rejected it. */
  #isThere({ changes }: Update): boolean {
    return changes.every((change) => this.#dependencies.registry.kindOf(change) !== 'rejected');
  }
}

function unproven({ rejected, lane }: Refusal, now: number): Retried {
  return {
    kind: 'retry',
    reason: 'SystemicRefusal',
    detail: `refused, but nothing of the account went through since, so that it may not be the image (${lane.health.refusedImages(now)} refused): ${rejected.detail}`,
  };
}
