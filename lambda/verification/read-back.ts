import { FIELDS, type Field, fieldsOf, type Values } from '../contract/fields.ts';
import type { CallScheduler } from '../delivery/call-scheduler.ts';
import type { CallBlocked, CallFailed } from '../delivery/send-verdict.ts';
import type { Clock } from '../general/clock.ts';
import type { Update } from '../images/change.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Retried } from '../verdicts/verdict.ts';
import { observe } from './observation.ts';
import type { Shown } from './read-shown.ts';
import type { VerificationMemory } from './verification-memory.ts';
import type { Watched } from './watch.ts';

/** The pause before the second list, and the longest, in milliseconds; each is twice the one before. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 16_000;
/** Lists that fail before the call counts as not read. */
const MAX_FAILURES = 3;

/** Called when an update was taken; `stored` is what FinerWorks made of its texts, where that differs. */
export type OnTaken = (update: Update, stored: Values | undefined) => void;

export interface ReadBackDependencies {
  readonly clock: Clock;
  readonly scheduler: Pick<CallScheduler, 'timeLeft'>;
  readonly ledger: Pick<Ledger, 'known'>;
  readonly memory: Pick<VerificationMemory, 'lateness' | 'rewriting' | 'waitingTime'>;
  /** Lists images: all that are asked for, or why that failed. */
  readonly list: (
    guids: readonly string[],
  ) => Promise<ReadonlyMap<string, Shown> | CallFailed | CallBlocked>;
  readonly onTaken: OnTaken;
}

/** The result of reading a call back. */
export interface ReadBackResult {
  /** Updates that no list showed as they were sent. */
  readonly untaken: readonly Update[];
  /** How many images were seen to change: an image that had its value before proves nothing. */
  readonly changed: number;
  /** Why no more is known of the untaken ones; undefined where they are as they were before. */
  readonly unread: Retried | undefined;
  /** Those of the untaken ones that the last successful list showed as they were before. */
  readonly asBefore: readonly Update[];
  /** Fields of the untaken ones that were rewritten, unless the list was late. */
  readonly doubtful: ReadonlyMap<Update, readonly Field[]>;
}

/** Reads the images of one answered call back, until each is there or its time is over. */
export class ReadBack {
  readonly #dependencies: ReadBackDependencies;
  readonly #answeredAt: number;
  #open: readonly Watched[];
  #changed = 0;
  #wasEarly = false;
  #isLast = false;
  /** Guids of images that the last list showed as before. */
  readonly #asBefore = new Set<string>();
  /** Strange texts of the last list, by guid. */
  readonly #strange = new Map<string, string>();
  readonly #doubtful = new Map<Update, readonly Field[]>();

  constructor(watched: readonly Watched[], dependencies: ReadBackDependencies) {
    this.#dependencies = dependencies;
    this.#answeredAt = dependencies.clock.now();
    this.#open = watched;
  }

  /** Lists the images until they are there, with growing pauses. Never throws. */
  async run(): Promise<ReadBackResult> {
    const { memory, clock, list } = this.#dependencies;
    let failures = 0;
    let [wait, pause] = [memory.lateness.expected, FIRST_PAUSE];
    while (await this.#pause(wait)) {
      [wait, pause] = [pause, Math.min(LONGEST_PAUSE, 2 * pause)];
      const elapsed = this.#elapsed;
      const shown = await list(this.#open.map(({ update }) => update.guid));
      if ('kind' in shown) {
        failures += 1;
        if (shown.kind === 'failed' && failures < MAX_FAILURES) continue;
        return this.#result(shown.verdict);
      }
      this.#learn(shown, elapsed);
      const hasTime = memory.waitingTime.isLeft(clock.now());
      const patience = memory.lateness.patience(this.#changed > 0, hasTime);
      if (this.#open.length === 0 || elapsed >= patience) break;
    }
    return this.#result(undefined);
  }

  get #elapsed(): number {
    return this.#dependencies.clock.now() - this.#answeredAt;
  }

  /** @returns whether there is time for another list */
  async #pause(wait: number): Promise<boolean> {
    const { clock, scheduler } = this.#dependencies;
    const left = scheduler.timeLeft;
    if (left < 0 || this.#isLast) return false;
    // Where there is not enough time for a late list, it is read at the last moment.
    this.#isLast = wait >= left;
    if (Math.min(wait, left) > 0) await clock.sleep(Math.min(wait, left));
    return true;
  }

  #learn(listed: ReadonlyMap<string, Shown>, elapsed: number): void {
    const before = this.#changed;
    this.#open = this.#open.filter((watched) => {
      const shown = listed.get(watched.update.guid);
      return shown === undefined || !this.#isTaken(watched, shown);
    });
    const { lateness } = this.#dependencies.memory;
    if (before === 0 && this.#changed > 0) lateness.seen(elapsed, this.#wasEarly);
    this.#wasEarly ||= this.#open.length > 0;
  }

  #isTaken({ update, before, earlier }: Watched, shown: Shown): boolean {
    const { ledger, onTaken, clock } = this.#dependencies;
    const { rewriting } = this.#dependencies.memory;
    const { guid } = update;
    const fields = fieldsOf(update);
    const sights = fields.map((field) => {
      const texts = {
        sent: update[field] ?? '',
        before: before[field],
        shown: shown[field],
        earlier: earlier?.[field],
      };
      return observe({ ...texts, known: ledger.known(guid, field), now: clock.now() }, rewriting);
    });
    const doubtful = fields.filter((_field, at) => sights[at] === 'doubtful');
    if (doubtful.length > 0) this.#doubtful.set(update, doubtful);
    const isOpen = sights.includes('before') || doubtful.length > 0;
    if (isOpen) this.#asBefore.add(guid);
    else this.#asBefore.delete(guid);
    if (isOpen) return false;
    if (sights.includes('strange') && !this.#isSettled(guid, shown)) return false;
    const rewritten = fields.filter((field) => shown[field] !== update[field]);
    for (const field of rewritten) rewriting.learn(update[field] ?? '', shown[field]);
    if (fields.some((field) => shown[field] !== before[field])) this.#changed += 1;
    const stored = Object.fromEntries(rewritten.map((field) => [field, shown[field]]));
    onTaken(update, rewritten.length > 0 ? stored : undefined);
    return true;
  }

  /** A late list may show a text from in between: strange texts count if they stay, or if the time is over. */
  #isSettled(guid: string, shown: Shown): boolean {
    const texts = JSON.stringify(FIELDS.map((field) => shown[field]));
    const isSame = this.#strange.get(guid) === texts;
    this.#strange.set(guid, texts);
    return isSame || this.#isLast;
  }

  #result(unread: Retried | undefined): ReadBackResult {
    const untaken = this.#open.map(({ update }) => update);
    const asBefore = untaken.filter(({ guid }) => this.#asBefore.has(guid));
    return { untaken, changed: this.#changed, unread, asBefore, doubtful: this.#doubtful };
  }
}
