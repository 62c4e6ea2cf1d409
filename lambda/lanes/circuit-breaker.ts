/** Failures in a row that open the circuit: more than chance explains. */
const FAILURES_TO_OPEN = 5;
/** How long it stays open the first time, and the longest, in milliseconds. */
const FIRST_OPEN = 30_000;
const LONGEST_OPEN = 300_000;

/** What failed. Only a success of the kind that opened the circuit closes it. */
export type CircuitKind = 'update' | 'preflight' | 'refusal';
export type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * A circuit breaker, with time as an argument: after failures in a row no calls are made for a while,
 * then one as a trial. It lives with its sandbox. All times in milliseconds since 1970.
 */
export class CircuitBreaker {
  readonly #failures: Record<CircuitKind, number> = { update: 0, preflight: 0, refusal: 0 };
  #openings = 0;
  #opened: { readonly until: number; readonly by: CircuitKind } | undefined;

  state(now: number): CircuitState {
    if (this.#opened === undefined) return 'closed';
    return now < this.#opened.until ? 'open' : 'half-open';
  }

  /** Milliseconds until a call may be tried; 0 unless it is open. */
  waitFor(now: number): number {
    return Math.max(0, (this.#opened?.until ?? now) - now);
  }

  /** A call went through. Answered preflights do not hide that updates fail. */
  succeeded(kind: CircuitKind): void {
    this.#failures[kind] = 0;
    if (this.#opened?.by !== kind) return;
    this.#opened = undefined;
    this.#openings = 0;
  }

  /**
   * A call failed.
   *
   * @param weight how many failures it counts for
   * @returns whether it opened the circuit
   */
  failed(kind: CircuitKind, now: number, weight = 1): boolean {
    this.#failures[kind] += weight;
    const isTrial = this.state(now) === 'half-open';
    if (!isTrial && this.#failures[kind] < FAILURES_TO_OPEN) return false;
    return this.open(kind, now);
  }

  /** @returns whether it was not open before */
  open(by: CircuitKind, now: number): boolean {
    // A call that was under way when it opened says nothing new.
    if (this.state(now) === 'open') return false;
    this.#openings += 1;
    const period = Math.min(LONGEST_OPEN, FIRST_OPEN * 2 ** (this.#openings - 1));
    this.#opened = { by, until: now + period };
    this.#failures[by] = 0;
    return true;
  }
}
