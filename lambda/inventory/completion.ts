import { FIELDS, type Field, fieldsOf, type Values } from '../contract/fields.ts';
import { deferred } from '../delivery/call-scheduler.ts';
import type { SendLog } from '../delivery/send-log.ts';
import type { ListedImage } from '../finerworks/list-images.ts';
import { BoundedMap } from '../general/bounded-map.ts';
import type { Clock } from '../general/clock.ts';
import type { Update } from '../images/change.ts';
import { mayHoldKeys } from '../keys/redact-keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Retried } from '../verdicts/verdict.ts';

/**
 * So long a list counts: people may edit at FinerWorks too, and what is sent along from an old list
 * would undo that. In milliseconds.
 */
const FRESH = 60_000;
/** After so long it is asked again what a list shows that is late; in milliseconds. */
const LOOK_AGAIN = 60_000;
/** Their texts may be long. Of an image that is forgotten, another list is asked for. */
const MAX_IMAGES = 1_000;

/** What a list showed of an image that was asked for. */
interface Seen {
  /** Undefined where it is not listed. */
  readonly image: ListedImage | undefined;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

export interface CompletionDependencies {
  readonly ledger: Pick<Ledger, 'contradicts' | 'lateUntil'>;
  /** What the calls of this invocation have set since. */
  readonly log: Pick<SendLog, 'lastOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Completes updates: whether FinerWorks keeps a field that a call leaves out is not documented, so each
 * call holds both fields, what is asked for and the other as it stands. An image that no list shows
 * is sent as it is: nothing is known of it.
 */
export class Completion {
  readonly #dependencies: CompletionDependencies;
  /** By account, which may list other images than the next one. */
  readonly #seen = new BoundedMap<string, Seen>(MAX_IMAGES);
  /** As the last list of any account showed them: an image is the same for all of them. */
  readonly #shown = new BoundedMap<string, ListedImage>(MAX_IMAGES);

  constructor(dependencies: CompletionDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * A list was asked for an image.
   *
   * @param image undefined where it is not listed
   */
  see(account: string | null, guid: string, image: ListedImage | undefined): void {
    this.#seen.set(keyOf(account, guid), { image, at: this.#dependencies.clock.now() });
    if (image !== undefined) this.#shown.set(guid, image);
  }

  /** A list that was asked for something else shows what has become of texts since. */
  correct(texts: ReadonlyMap<string, Values>): void {
    for (const [guid, values] of texts) {
      const image = this.#shown.get(guid);
      if (image !== undefined) this.#shown.set(guid, { ...image, ...values });
    }
  }

  /** What was seen of an image holds no longer. */
  forget({ account, guid }: Update): void {
    this.#seen.delete(keyOf(account, guid));
  }

  /** Whether a list showed all of the images a moment ago, or that they are not listed. */
  areFresh(updates: readonly Update[]): boolean {
    const since = this.#dependencies.clock.now() - FRESH;
    return updates.every((update) => {
      const seen = this.#seenOf(update);
      return seen !== undefined && seen.at >= since;
    });
  }

  /**
   * Adds the fields that nobody asks to change.
   *
   * @returns the same update where there are none; why it must wait where nobody knows their values: a
   *   list is late, or a call of this invocation may or may not have changed them
   */
  complete(update: Update): Update | Retried {
    const listed = this.#seenOf(update)?.image;
    const image = listed && (this.#shown.get(update.guid) ?? listed);
    const missing = FIELDS.filter((field) => update[field] === undefined);
    if (image === undefined || missing.length === 0) return update;
    const standing: { [field in Field]?: string } = {};
    for (const field of missing) {
      const value = this.#standingOf(update, field, image[field]);
      if (typeof value === 'object') return value;
      if (value !== undefined) standing[field] = value;
    }
    return fieldsOf(standing).length === 0 ? update : { ...update, standing };
  }

  #standingOf(
    { guid, changes }: Update,
    field: Field,
    shown: string | undefined,
  ): string | undefined | Retried {
    const { ledger, log, clock } = this.#dependencies;
    const sent = log.lastOf(guid, field);
    if (sent !== undefined) return sent.isConfirmed ? sent.value : IN_DOUBT;
    const late = (ledger.lateUntil(guid, field, shown ?? '') ?? 0) - clock.now();
    if (late > 0) {
      // An event that asks for both fields holds the confirmed value of the one that is there already.
      const known = changes
        .map((change) => (change.whole ?? change)[field])
        .find((value) => value !== undefined && !ledger.contradicts(guid, field, value));
      return known ?? waiting(late);
    }
    // Where there is no text none is lost, and what null does is not documented.
    return shown === undefined || mayHoldKeys(shown) ? undefined : shown;
  }

  #seenOf({ account, guid }: Update): Seen | undefined {
    return this.#seen.get(keyOf(account, guid));
  }
}

function keyOf(account: string | null, guid: string): string {
  return JSON.stringify([account, guid]);
}

/** @param late for how many milliseconds the list may be late yet */
function waiting(late: number): Retried {
  return deferred(
    'not sent: FinerWorks does not show yet what was sent before, and its other field must not be lost',
    Math.min(LOOK_AGAIN, late),
  );
}

const IN_DOUBT = deferred(
  'not sent: what became of a call with the image’s other field is not known, and it must not be lost',
  LOOK_AGAIN,
);
