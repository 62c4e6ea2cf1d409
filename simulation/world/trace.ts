/** What happened, in order: for people who investigate a failing seed. */
export class Trace {
  readonly lines: string[] = [];
  readonly #now: () => number;
  readonly #start: number;
  readonly #isKept: boolean;

  /**
   * @param now milliseconds since 1970; lines show what passed since this moment
   * @param isKept false in worlds that are too large for a trace
   */
  constructor(now: () => number, isKept: boolean) {
    this.#now = now;
    this.#isKept = isKept;
    this.#start = now();
  }

  /**
   * @param who an invocation or a part of the world
   * @param text what it did; names of events (`e12`) make the line findable
   */
  tell(who: string, text: string): void {
    if (this.#isKept) this.lines.push(`${this.moment()}  ${who.padEnd(8)} ${text}`);
  }

  /** Hours, minutes, seconds and milliseconds since the beginning. */
  moment(): string {
    const passed = this.#now() - this.#start;
    const hours = Math.floor(passed / 3_600_000);
    const rest = new Date(passed % 3_600_000).toISOString().slice('1970-01-01T00:'.length, -1);
    return `${String(hours).padStart(2, '0')}:${rest}`;
  }
}
