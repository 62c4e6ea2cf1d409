import type { Request } from './requests.ts';

/** Documented in docs/retries.md. */
const FAILURES_TO_OPEN = 5;
const WEIGHT_OF_TIMEOUT = 2;
const FIRST_OPEN = 30_000;
const LONGEST_OPEN = 300_000;

/** Whether a sandbox may call an account, as far as its failures decide that. */
export class Circuit {
  readonly #sparesFailing: boolean;
  /** In a row, by kind: answered lists do not hide that updates fail. */
  readonly #failures: Record<Request['kind'], number> = { update: 0, list: 0 };
  #openedAt = 0;
  /** How long it is open; 0 while it is closed. */
  #openFor = 0;
  /** What failed last when it opened: only the same closes it. */
  #openedBy: Request['kind'] = 'update';

  /** @param sparesFailing whether calls of images that are known to fail by themselves do not count */
  constructor(sparesFailing: boolean) {
    this.#sparesFailing = sparesFailing;
  }

  /** Until something goes through: also while one call may try it. */
  get isOpen(): boolean {
    return this.#openFor > 0;
  }

  /** How a request goes against it; undefined where it does not. */
  ignoredBy({ at, guids }: Request): string | undefined {
    if (this.#openFor === 0) return undefined;
    if (at < this.#openedAt + this.#openFor - 1) return `, open since ${this.#openedAt}`;
    return guids.length > 1 ? `: ${guids.length} images at first` : undefined;
  }

  /** A request was answered, or was not in time. @param isKnownToFail whether it was of an image that fails by itself */
  learn({ kind, record }: Request, isKnownToFail: boolean): void {
    const { answeredAt = 0 } = record;
    if (isSuccess(record)) {
      this.#failures[kind] = 0;
      if (this.#openedBy === kind) this.#openFor = 0;
      return;
    }
    if (!isFailure(record) || (isKnownToFail && this.#sparesFailing)) return;
    if (this.#openFor > 0) {
      // What was under way when it opened says nothing new.
      if (answeredAt < this.#openedAt + this.#openFor) return;
      this.#open(kind, answeredAt, Math.min(LONGEST_OPEN, this.#openFor * 2));
      return;
    }
    this.#failures[kind] += record.isTimedOut === true ? WEIGHT_OF_TIMEOUT : 1;
    if (this.#failures[kind] >= FAILURES_TO_OPEN) this.#open(kind, answeredAt, FIRST_OPEN);
  }

  #open(by: Request['kind'], at: number, duration: number): void {
    this.#openFor = duration;
    this.#openedAt = at;
    this.#openedBy = by;
    this.#failures[by] = 0;
  }
}

/** Whether FinerWorks did what it was asked for, or refused it. */
export function isSuccess({ meaning }: Request['record']): boolean {
  return meaning === 'applied' || meaning === 'refused';
}

/** Whether it failed; a connection that was reset has its second chance. */
export function isFailure({ meaning, isReset }: Request['record']): boolean {
  return meaning === 'transient' && isReset !== true;
}
