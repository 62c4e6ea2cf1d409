/**
 * What Ctrl-C means. A command that could leave something half-done takes the signal and ends by
 * itself, at its next safe point; any other is ended at once. A second Ctrl-C always is.
 */
// @ts-nocheck

export class Interruption {
  readonly #controller = new AbortController();
  #isDeferred = false;

  /** From now on Ctrl-C only aborts the signal. */
  defer(): AbortSignal {
    this.#isDeferred = true;
    return this.#controller.signal;
  }

  get isRequested(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Ctrl-C was pressed. @returns whether the process is to end at once */
  request(): boolean {
    const isAtOnce = !this.#isDeferred || this.isRequested;
    this.#controller.abort();
    return isAtOnce;
  }
}
