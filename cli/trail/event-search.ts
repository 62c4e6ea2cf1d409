import { shortened } from '../../lambda/records/origin.ts';
import type { TrailRecord } from '../../lambda/trail/read-trail.ts';

/** The moment before which a clock of the function can't have settled what was sent then. */
const CLOCK_MARGIN = 300_000;

/** How `dlq list` names letters: long enough to tell a message from others, nearly always. */
const BEGINNING = /^[0-9a-f]{8}$/;

/**
 * Finds all records of one event in a trail that is read newest first: those with its id, and those of
 * the same message before and after its redrives, even where the id was not readable then.
 */
export class EventSearch {
  readonly found: TrailRecord[] = [];
  readonly #ids: Set<string>;
  readonly #beginning: string | undefined;
  /** Redriven messages that may turn out to be of the event, by the message that they come from. */
  readonly #redriven = new Map<string, TrailRecord[]>();

  /** @param id of the event, of a message of it, or of a dead letter of it; or eight digits that these two begin with */
  constructor(id: string) {
    this.#ids = new Set([id, shortened(id)]);
    this.#beginning = BEGINNING.test(id) ? `${id}-` : undefined;
  }

  take = (record: TrailRecord): void => {
    const { id, messageId, origin, letterId } = record;
    const names = [id, messageId, origin?.messageId, letterId];
    if (names.some((name) => name !== undefined && this.#isWanted(name))) {
      this.#add(record);
    } else if (origin !== undefined) {
      const others = this.#redriven.get(origin.messageId) ?? [];
      this.#redriven.set(origin.messageId, [...others, record]);
    }
  };

  /** Nothing of an event is before its first sending. */
  isEnough = (before: number): boolean => {
    const sendings = this.found.map(({ sentAt, origin }) => origin?.sentAt ?? sentAt);
    return sendings.length > 0 && before + CLOCK_MARGIN < Math.min(...sendings);
  };

  #isWanted(name: string): boolean {
    return (
      this.#ids.has(name) || (this.#beginning !== undefined && name.startsWith(this.#beginning))
    );
  }

  #add(record: TrailRecord): void {
    this.found.push(record);
    const first = record.origin?.messageId ?? record.messageId;
    this.#ids.add(record.messageId).add(first);
    const redriven = this.#redriven.get(first) ?? [];
    this.#redriven.delete(first);
    this.found.push(...redriven);
  }
}
