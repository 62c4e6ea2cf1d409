import { type DeadLetter, timeOfDeath } from '../../../cli/dead-letters/dead-letter.ts';
import type { Coverage, DeadLetterReader } from '../../../cli/dead-letters/reader.ts';

/** What the console keeps in memory: a letter can be 1 MiB large. */
const MAX_BYTES = 256 * 1024 ** 2;

/**
 * The dead letters as they were at one moment. SQS has no listing: reading receives each letter and so
 * hides it from others, which is why a list is kept and shown with its age.
 */
export class Snapshot {
  #letters: ReadonlyMap<string, DeadLetter> = new Map();
  #takenAt: number | undefined;
  #coverage: Coverage = { seen: 0, visible: 0, inFlight: 0 };
  #isCut = false;
  #reader: DeadLetterReader | undefined;

  /** Milliseconds since 1970; undefined before the first. */
  get takenAt(): number | undefined {
    return this.#takenAt;
  }

  /** How much of the queue it shows; while it is read, how far that is. */
  get coverage(): Coverage {
    return this.#reader?.coverage ?? this.#coverage;
  }

  get isReading(): boolean {
    return this.#reader !== undefined;
  }

  /** Whether there are more letters than the console keeps. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** All letters, the newest first. */
  get letters(): readonly DeadLetter[] {
    return [...this.#letters.values()];
  }

  find(messageId: string): DeadLetter | undefined {
    return this.#letters.get(messageId);
  }

  /** Leaves out letters that are no longer in the queue. */
  forget(messageIds: Iterable<string>): void {
    const gone = new Set(messageIds);
    this.#letters = new Map([...this.#letters].filter(([id]) => !gone.has(id)));
  }

  /** Reads the queue anew and releases every letter. Until then the old letters stay. */
  async take(open: (stop: AbortSignal) => Promise<() => DeadLetterReader>): Promise<void> {
    const full = new AbortController();
    const found: DeadLetter[] = [];
    let bytes = 0;
    await using reader = (await open(full.signal))();
    this.#reader = reader;
    try {
      for await (const letters of reader.letters()) {
        found.push(...letters);
        bytes += letters.reduce((sum, { body }) => sum + body.length, 0);
        if (bytes > MAX_BYTES) full.abort();
      }
    } finally {
      this.#reader = undefined;
    }
    found.sort((one, other) => timeOfDeath(other) - timeOfDeath(one));
    this.#letters = new Map(found.map((letter) => [letter.messageId, letter]));
    this.#coverage = reader.coverage;
    this.#isCut = full.signal.aborted;
    this.#takenAt = Date.now();
  }
}
