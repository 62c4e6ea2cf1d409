import type { Update } from '../images/change.ts';
import { AppliedValues, contributionsOf } from '../images/contributions.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';
import type { VerdictBook } from '../verdicts/verdict-book.ts';
import type { Call } from './call.ts';
import type { CallApplied } from './classify.ts';
import { Culprits } from './culprits.ts';
import { type Finding, narrow } from './narrow.ts';
import type { Sender, SendVerdict } from './sender.ts';

/** Bounds of the search for culprits. */
export interface IsolationLimits {
  /** Calls that one invocation may spend on the search; the rest is retried later. */
  readonly maxIsolationCalls: number;
  /** So many images refused alone, and nothing taken, is no fault of the images. */
  readonly systemicRefusalImages: number;
}

const BUDGET_SPENT: Retried = {
  kind: 'retry',
  reason: 'BudgetSpent',
  detail: 'the calls that one invocation may spend on finding culprits are spent',
};

const OLDER_FIRST: Retried = {
  kind: 'retry',
  reason: 'Deferred',
  detail: 'an older change of the same image has to go first',
};

/**
 * Delivers calls, finds the culprits of refused ones, and books a verdict for every change. One
 * object an invocation.
 */
export class Investigation {
  readonly figures = { images: 0, isolationCalls: 0 };
  readonly #sender: Sender;
  readonly #book: VerdictBook;
  readonly #budget: number;
  readonly #culprits: Culprits;

  constructor(sender: Sender, book: VerdictBook, limits: IsolationLimits) {
    this.#sender = sender;
    this.#book = book;
    this.#budget = limits.maxIsolationCalls;
    this.#culprits = new Culprits(limits.systemicRefusalImages);
  }

  /** Sends a call and narrows it down where it is refused. */
  async deliver(call: Call): Promise<void> {
    const finding = await this.#learn(call.updates, await this.#sender.send(call));
    await narrow(call.updates, finding, (updates) => this.#probe({ ...call, updates }));
  }

  /**
   * Decides on what was refused alone, once all calls were sent: only then is it known whether
   * FinerWorks takes anything at all.
   */
  async conclude(): Promise<void> {
    for (const update of this.#culprits) {
      const systemic = this.#culprits.systemicRefusal;
      if (systemic !== undefined) this.#book.book(update, systemic);
      else await this.#sendContributions(update);
    }
  }

  /** Decides a single refused image: a lone change is rejected, a coalesced one taken apart. */
  async #sendContributions(update: Update): Promise<void> {
    const applied = new AppliedValues();
    let hindered = false;
    for (const contribution of contributionsOf(update)) {
      const refused = this.#culprits.rejectionOf(contribution);
      if (refused !== undefined) this.#book.book(contribution, refused);
      // Nothing may overtake an older change.
      else if (hindered) this.#book.book(contribution, OLDER_FIRST);
      else if (applied.includes(contribution)) this.#book.book(contribution, { kind: 'applied' });
      else {
        const call = { account: contribution.account, updates: [contribution] };
        const doubts = this.#sender.exposure.doubtsOf(contribution.guid);
        await this.#probe(call);
        const verdict = this.#book.ofUpdate(contribution);
        // A call whose answer never came may yet arrive, and would bring the older value back.
        const isDoubtful = this.#sender.exposure.doubtsOf(contribution.guid) > doubts;
        hindered = verdict?.kind === 'retry' || isDoubtful;
        if (verdict?.kind === 'applied') applied.add(contribution);
      }
    }
  }

  /** Whether an image was refused alone: what becomes of it is decided last. */
  isSuspected(guid: string): boolean {
    return this.#culprits.include(guid);
  }

  async #probe(call: Call, isSecondTry = false): Promise<Finding> {
    const isAffordable = this.figures.isolationCalls < this.#budget;
    if (isAffordable) this.figures.isolationCalls += 1;
    const verdict = isAffordable ? await this.#sender.send(call) : BUDGET_SPENT;
    return this.#learn(call.updates, verdict, isSecondTry);
  }

  /** Books what a sent set's answer decides, and says what it means for the search. */
  async #learn(
    updates: readonly Update[],
    verdict: SendVerdict,
    isSecondTry = false,
  ): Promise<Finding> {
    switch (verdict.kind) {
      case 'retry':
        for (const update of updates) this.#book.book(update, verdict);
        return { kind: 'unknown' };
      case 'applied':
        this.#culprits.acquitSystem();
        for (const update of updates) await this.#learnApplied(update, verdict, isSecondTry);
        return { kind: 'good' };
      case 'refused':
        if (updates.length === 1) for (const update of updates) this.#accuse(update, verdict);
        if (verdict.tooLarge) return { kind: 'tooLarge' };
        return { kind: 'bad', hints: { prose: verdict.prose, listed: verdict.listed } };
    }
  }

  /** An image that a success does not list was not updated (inferred): it gets one more try. */
  async #learnApplied(update: Update, { listed }: CallApplied, isSecondTry: boolean) {
    if (listed === undefined || listed.has(update.guid)) {
      this.figures.images += 1;
      this.#book.book(update, { kind: 'applied' });
    } else if (isSecondTry) {
      this.#accuse(update, { detail: 'FinerWorks answered success twice, without this image' });
    } else {
      await this.#probe({ account: update.account, updates: [update] }, true);
    }
  }

  #accuse(update: Update, refusal: Pick<Rejected, 'detail' | 'http'>): void {
    this.#culprits.add(update, refusal);
    const systemic = this.#culprits.systemicRefusal;
    if (systemic !== undefined) this.#sender.stop(systemic);
  }
}
