import type { ProducerHabits } from '../scenario.ts';
import type { SeededRandom } from '../world/random.ts';
import { BROKEN_REDRIVE, drawAttributes, MAX_ATTRIBUTES, redriveAttributes } from './attributes.ts';
import { write } from './content.ts';
import { ENVELOPES, exactTime, type Label } from './envelopes.ts';
import type { ProducedEvent } from './event.ts';
import { ImageMaker } from './images.ts';
import { INVALID_BODIES } from './invalid.ts';

/** Producers' clocks differ, and events wait before they are sent. */
const MAX_DELAY = 300_000;
const ACCOUNTS = [null, 'account-1', 'account-2'];

/** An event before it is known when it is sent and under which message id. */
type Draft = Omit<ProducedEvent, 'order' | 'messageId' | 'originId' | 'name'> & {
  readonly label: Partial<Label>;
  /** Of the first sending, where this is a redriven one. */
  readonly origin?: { readonly messageId: string; readonly sentAt: number };
};

const NO_PERMISSIONS = { force: false, removeVirtualInventory: false };

/** Makes up events and knows the truth about each. */
export class Producer {
  readonly #random: SeededRandom;
  readonly #habits: ProducerHabits;
  readonly #images: ImageMaker;
  #count = 0;

  constructor(random: SeededRandom, habits: ProducerHabits) {
    this.#random = random;
    this.#habits = habits;
    this.#images = new ImageMaker(random.fork('images'), habits);
  }

  /** Every image that events are about. */
  get guids(): readonly string[] {
    return this.#images.guids;
  }

  /**
   * Makes an event, or the same event twice.
   *
   * @param now when it is sent, milliseconds since 1970
   */
  produce(now: number): ProducedEvent[] {
    this.#count += 1;
    const draft = this.#draft(now);
    // A dead letter without `failure` is known by its body, which then must be the only one.
    const isTellable = Object.keys(draft.attributes).length < MAX_ATTRIBUTES;
    const isTwice = !draft.origin && isTellable && this.#random.chance(this.#habits.twice);
    return [draft, ...(isTwice ? [draft] : [])].map((same, copy) => this.#send(same, now, copy));
  }

  #draft(now: number): Draft {
    if (!this.#random.chance(this.#habits.invalid)) return this.#draftValid(now);
    const attributes = drawAttributes(this.#random);
    const nothing = { images: [], account: null, label: {}, ...NO_PERMISSIONS };
    if (this.#random.chance(0.1)) {
      const { body } = this.#draftValid(now);
      return { ...nothing, body, attributes: BROKEN_REDRIVE, invalid: 'InvalidRedrive' };
    }
    const make = this.#random.pick(INVALID_BODIES);
    const { reason, body } = make(this.#count, this.guids[this.#count % this.guids.length] ?? '');
    return { ...nothing, body, attributes, invalid: reason };
  }

  #draftValid(now: number): Draft {
    const random = this.#random;
    const isRedriven = random.chance(this.#habits.redriven);
    const age = random.between(0, MAX_DELAY) + (isRedriven ? random.between(0, 86_400_000) : 0);
    const account = this.#habits.manyAccounts ? random.pick(ACCOUNTS) : null;
    const images = this.#images.draw(this.#count);
    const permissions = {
      force: random.chance(this.#habits.forced),
      removeVirtualInventory: random.chance(this.#habits.removing),
    };
    const { body, label } = random.pick(ENVELOPES)(
      { ...write(images, account, this.#count, random), ...written(permissions, random) },
      {
        id: `event-${this.#count}`,
        milliseconds: Math.floor(now - age),
        nanoseconds: random.integer(0, 999_999),
      },
      random,
    );
    const content = {
      ...permissions,
      body: JSON.stringify(body),
      account,
      images,
      label,
      invalid: undefined,
    };
    if (!isRedriven) return { ...content, attributes: drawAttributes(random) };
    return { ...content, ...this.#redriven(label, Math.floor(now - age)) };
  }

  /** What the dead letter knew of the first sending, the event's own time most often included. */
  #redriven(label: Partial<Label>, sentAt: number) {
    const origin = { messageId: `first-sending-${this.#count}`, sentAt };
    const { milliseconds = sentAt, nanoseconds = 0 } = label;
    const time = exactTime({ milliseconds, nanoseconds });
    const attributes = redriveAttributes(
      { messageId: origin.messageId, sentTimestamp: sentAt, time, id: label.id ?? null },
      this.#random,
    );
    return { origin, attributes };
  }

  #send(draft: Draft, now: number, copy: number): ProducedEvent {
    const { label, origin, ...content } = draft;
    const name = `e${this.#count}${copy > 0 ? `.${copy}` : ''}`;
    const messageId = `message-${name}`;
    const originId = origin?.messageId ?? messageId;
    // SQS counts whole milliseconds.
    const sentAt = origin?.sentAt ?? Math.floor(now);
    return {
      ...content,
      name,
      messageId,
      originId,
      order: {
        milliseconds: label.milliseconds ?? sentAt,
        nanoseconds: label.nanoseconds ?? 0,
        sentAt,
        id: label.id ?? originId,
      },
    };
  }
}

/** What is not permitted may be written, or left out, or be null. */
function written(permissions: Readonly<Record<string, boolean>>, random: SeededRandom): object {
  return Object.fromEntries(
    Object.entries(permissions).flatMap(([name, isGiven]) => {
      if (isGiven) return [[name, true]];
      return random.chance(0.2) ? [[name, random.pick([false, null])]] : [];
    }),
  );
}
