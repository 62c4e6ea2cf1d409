import type { PeriodKind, Scenario, Troubles } from '../scenario.ts';

/** Which troubles there are at the moment. All of them end when the world is healed. */
export class Conditions {
  readonly #scenario: Scenario;
  readonly #now: () => number;
  readonly #start: number;

  /** @param now milliseconds since 1970; the run begins at its present value */
  constructor(scenario: Scenario, now: () => number) {
    this.#scenario = scenario;
    this.#now = now;
    this.#start = now();
  }

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return this.#now() - this.#start;
  }

  is(kind: PeriodKind): boolean {
    const passed = this.elapsed;
    return this.#scenario.periods.some(
      (period) => period.kind === kind && period.from <= passed && passed < period.until,
    );
  }

  /** The probability of a mishap. */
  strength(trouble: keyof Troubles): number {
    return this.isHealed ? 0 : this.#scenario.troubles[trouble];
  }

  get isHealed(): boolean {
    return this.elapsed >= this.#scenario.healedAt;
  }
}
