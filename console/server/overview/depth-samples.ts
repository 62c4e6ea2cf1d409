/** At one every few seconds, some hours. */
const MAX_SAMPLES = 2_000;

/** How many messages both queues held at a moment. */
export interface DepthSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly queue: number;
  readonly deadLetters: number;
}

/** What the console itself saw of the queues, where no CloudWatch remembers it. */
export class DepthSamples {
  #samples: DepthSample[] = [];

  add(sample: DepthSample): void {
    this.#samples = [...this.#samples.slice(1 - MAX_SAMPLES), sample];
  }

  /** Oldest first. */
  get all(): readonly DepthSample[] {
    return this.#samples;
  }
}
