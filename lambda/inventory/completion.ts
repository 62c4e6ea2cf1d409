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
import type { SeenImages } from './seen-images.ts';

/** When a late list is read again, in milliseconds. */
const LIST_AGAIN = 60_000;
/** Their texts may be long. Of an image that is forgotten, what its own account's list showed counts. */
const MAX_IMAGES = 1_000;

export interface CompletionDependencies {
  readonly ledger: Pick<Ledger, 'contradicts' | 'lateUntil'>;
  readonly seen: Pick<SeenImages, 'of'>;
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
  /** As the last list of any account showed them: an image is the same in all accounts. */
  readonly #shown = new BoundedMap<string, ListedImage>(MAX_IMAGES);

  constructor(dependencies: CompletionDependencies) {
    this.#dependencies = dependencies;
  }

  /** A preflight shows an image. */
  see(guid: string, image: ListedImage): void {
    this.#shown.set(guid, image);
  }

  /** A list that was made to read calls back shows newer texts. */
  correct(texts: ReadonlyMap<string, Values>): void {
    for (const [guid, values] of texts) {
      const image = this.#shown.get(guid);
      if (image !== undefined) this.#shown.set(guid, { ...image, ...values });
    }
  }

  /**
   * Adds the fields that no event asks to change.
   *
   * @returns the same update where there are none; why it must wait where their values are unknown: a
   *   list is late, or a call of this invocation may have changed them
   */
  complete(update: Update): Update | Retried {
    const listed = this.#dependencies.seen.of(update);
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
