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
 * How long a list counts, in milliseconds: people may edit at FinerWorks too, and a text of an old list
 * that is sent along would undo that.
 */
const FRESH = 60_000;
/** When a late list is read again, in milliseconds. */
const LIST_AGAIN = 60_000;
/** Their texts may be long. An image that is forgotten is listed again. */
const MAX_IMAGES = 1_000;

/** What a list said about an image that it was asked for. */
interface Seen {
  /** Undefined where it is not listed. */
  readonly image: ListedImage | undefined;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

export interface CompletionDependencies {
  readonly ledger: Pick<Ledger, 'contradicts' | 'lateUntil'>;
  /** The values that the calls of this invocation have set since. */
  readonly log: Pick<SendLog, 'lastOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Completes updates. Whether FinerWorks keeps a field that a call leaves out is not documented, so each
 * call holds all fields: those that events ask for, and the others as they are. An update of an image
 * that no list shows is sent as it is: nothing is known of the image.
 */
export class Completion {
  readonly #dependencies: CompletionDependencies;
  /** By account and image: accounts may list different images. */
  readonly #seen = new BoundedMap<string, Seen>(MAX_IMAGES);
  /** As the last list of any account showed them: an image is the same in all accounts. */
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

  /** A list that was made to read calls back shows newer texts. */
  correct(texts: ReadonlyMap<string, Values>): void {
    for (const [guid, values] of texts) {
      const image = this.#shown.get(guid);
      if (image !== undefined) this.#shown.set(guid, { ...image, ...values });
    }
  }

  /** What a list showed of an image does not hold any longer. */
  forget({ account, guid }: Update): void {
    this.#seen.delete(keyOf(account, guid));
  }

  /** Whether all of the images were listed a moment ago, found or not. */
  areFresh(updates: readonly Update[]): boolean {
    const since = this.#dependencies.clock.now() - FRESH;
    return updates.every((update) => {
      const seen = this.#seenOf(update);
      return seen !== undefined && seen.at >= since;
    });
  }

  /**
   * Adds the fields that no event asks to change.
   *
   * @returns the same update where there are none; why it must wait where their values are unknown: a
   *   list is late, or a call of this invocation may have changed them
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
      // An event that asks for both fields holds the confirmed value of the one that is not sent.
      const known = changes
        .map((change) => (change.whole ?? change)[field])
        .find((value) => value !== undefined && !ledger.contradicts(guid, field, value));
      return known ?? waiting(late);
    }
    // Where there is no text, none can be lost; and what null does is not documented.
    return shown === undefined || mayHoldKeys(shown) ? undefined : shown;
  }

  #seenOf({ account, guid }: Update): Seen | undefined {
    return this.#seen.get(keyOf(account, guid));
  }
}

function keyOf(account: string | null, guid: string): string {
  return JSON.stringify([account, guid]);
}

/** @param late for how many milliseconds the list may still be late */
function waiting(late: number): Retried {
  return deferred(
    'not sent: FinerWorks does not show yet what was sent before, and its other field must not be lost',
    Math.min(LIST_AGAIN, late),
  );
}

const IN_DOUBT = deferred(
  'not sent: the effect of a call with the image’s other field is unknown, and that field must not be lost',
  LIST_AGAIN,
);
