import type { Update } from '../images/change.ts';
import { setsTheSame } from '../images/contributions.ts';
import type { Rejected, Retried } from '../verdicts/verdict.ts';

/** Images of one message may all be bad; the same in two messages points at a common cause. */
const SYSTEMIC_REFUSAL_MESSAGES = 2;

/**
 * The images that were refused alone, and the judgement whether they are to blame. Where many
 * images of several messages are refused and no call of the invocation succeeded, the contract or
 * the address is wrong and not the images: to dead-letter a catalogue for that would be wrong.
 */
export class Culprits {
  readonly #limit: number;
  readonly #rejections = new Map<Update, Rejected>();
  readonly #images = new Set<string>();
  readonly #messages = new Set<string>();
  #anySuccess = false;

  /** @param limit images refused alone from which on the cause is sought elsewhere */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A call succeeded: from now on FinerWorks is known to take images. */
  acquitSystem(): void {
    this.#anySuccess = true;
  }

  /** An image was refused alone. */
  add(update: Update, { detail, http }: Pick<Rejected, 'detail' | 'http'>): void {
    const rejected: Rejected = {
      kind: 'rejected',
      reason: 'Refused',
      detail,
      guids: [update.guid],
    };
    this.#rejections.set(update, http === undefined ? rejected : { ...rejected, http });
    this.#images.add(update.guid);
    for (const { messageId } of update.changes) this.#messages.add(messageId);
  }

  /** Every refused update. Those that are added during the loop are visited too. */
  [Symbol.iterator](): Iterator<Update> {
    return this.#rejections.keys();
  }

  /** Whether the image was refused alone, with whatever values. */
  include(guid: string): boolean {
    return this.#images.has(guid);
  }

  /** The rejection of what asks for just the same; undefined where nothing such was refused. */
  rejectionOf(update: Update): Rejected | undefined {
    for (const [refused, rejected] of this.#rejections) {
      if (refused.guid === update.guid && setsTheSame(refused, update)) return rejected;
    }
    return undefined;
  }

  /** The verdict on everything where the refusal is systemic; else undefined. */
  get systemicRefusal(): Retried | undefined {
    const isSystemic =
      !this.#anySuccess &&
      this.#images.size >= this.#limit &&
      this.#messages.size >= SYSTEMIC_REFUSAL_MESSAGES;
    if (!isSystemic) return undefined;
    const detail = `${this.#images.size} images of ${this.#messages.size} messages refused and none taken: is the address right, and the contract?`;
    return { kind: 'retry', reason: 'SystemicRefusal', detail };
  }
}
