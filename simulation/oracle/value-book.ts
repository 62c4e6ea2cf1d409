import { FIELDS, type Field } from '../../lambda/contract/fields.ts';
import type { Invocation } from '../aws/invocation.ts';
import { valuesOf, type WireImage } from '../finerworks/wire.ts';
import { compareEvents, type ProducedEvent } from '../producer/event.ts';

/** Whether an event was acknowledged. */
type IsDone = (event: ProducedEvent) => boolean;

/** Which event wants which value of which field, and which of them FinerWorks confirmed. */
export class ValueBook {
  /** Events that set a field of an image, by guid and field. */
  readonly #wanting = new Map<string, ProducedEvent[]>();
  readonly #confirmed = new Set<string>();
  /** By value that answers only said was taken: whether it was not read back. */
  readonly #claims = new Map<string, (() => boolean)[]>();
  /** The newest event whose value was written to a field. */
  readonly #newestApplied = new Map<string, ProducedEvent>();
  /** The newest event that may have been meant by the value that a field has. */
  readonly #newestMeant = new Map<string, ProducedEvent>();
  /** Writes of an older value over a newer one, by what made them possible. */
  readonly counts = {
    staleOverwrites: 0,
    staleOverwritesWithoutLedger: 0,
    lateArrivals: 0,
    olderAfterGivenUp: 0,
  };
  /** Fields that a late call wrote, so that their final state says nothing. */
  readonly #spoiled = new Set<string>();
  /** The newest event of which an answer only said that its value of a field was taken. */
  readonly #newestSaid = new Map<string, ProducedEvent>();

  add(event: ProducedEvent): void {
    for (const image of event.images) {
      for (const { key } of valuesOf(image)) {
        this.#wanting.set(key, [...(this.#wanting.get(key) ?? []), event]);
      }
    }
  }

  /** @returns the events that want values which are confirmed for the first time */
  confirm(images: readonly WireImage[]): ProducedEvent[] {
    return images.flatMap((image) =>
      valuesOf(image).flatMap(({ key, field, value }) => {
        const name = `${key} ${value}`;
        if (this.#confirmed.has(name)) return [];
        this.#confirmed.add(name);
        return this.#wantingValue(key, field, value);
      }),
    );
  }

  /**
   * FinerWorks writes values.
   *
   * @param company what may only have been sent along, by guid and field: it was there before
   * @param causeOf what made it possible that an older value replaces the given newer event's
   * @returns the older events whose values replaced newer ones, with the field
   */
  apply(
    images: readonly WireImage[],
    { records }: Invocation,
    company: ReadonlySet<string>,
    causeOf: (newer: ProducedEvent) => keyof ValueBook['counts'],
  ): string[] {
    const stale: string[] = [];
    for (const image of images) {
      for (const { key, field, value } of valuesOf(image)) {
        // Two events of the batch may want the same value: either may be meant.
        const wanting = wantingInBatch(records, image.guid, field, value);
        const [oldest, newest] = [wanting[0], wanting.at(-1)];
        const before = this.#newestApplied.get(key);
        if (oldest === undefined || newest === undefined) continue;
        const isSame = before !== undefined && valueIn(before, image.guid, field) === value;
        if (before === undefined || compareEvents(newest, before) >= 0) {
          // Among several events of one value, a late call may still have meant an older one.
          const meant = this.#newestMeant.get(key);
          const isOlder = meant !== undefined && compareEvents(oldest, meant) < 0;
          if (isOlder && causeOf(meant) === 'lateArrivals') this.#spoiled.add(key);
          // Nor does a late call, or what was there before, make it clear what there should be in the end.
          else if (!company.has(key) && causeOf(newest) !== 'lateArrivals')
            this.#clear(key, newest);
          this.#newestApplied.set(key, oldest);
          this.#newestMeant.set(key, newest);
          continue;
        }
        if (company.has(key) || isSame) continue;
        const cause = causeOf(before);
        this.counts[cause] += 1;
        if (cause === 'staleOverwrites') stale.push(`${key}: ${newest.name} after ${before.name}`);
        if (cause === 'lateArrivals') this.#spoiled.add(key);
        if (cause !== 'olderAfterGivenUp') continue;
        this.#newestApplied.set(key, oldest);
        this.#newestMeant.set(key, newest);
      }
    }
    return stale;
  }

  /** An answer said that a value was taken, and FinerWorks does not have it: its end says nothing. */
  spoilBySaying(key: string, field: Field, value: string): void {
    this.#spoiled.add(key);
    const said = this.newestWanting(key, field, value);
    const before = this.#newestSaid.get(key);
    const isNewer = said && (before === undefined || compareEvents(said, before) > 0);
    if (isNewer) this.#newestSaid.set(key, said);
  }

  /** What was written makes it clear again what a field should have, unless the function knows of a newer value. */
  #clear(key: string, written: ProducedEvent): void {
    const said = this.#newestSaid.get(key);
    if (said === undefined || compareEvents(written, said) >= 0) this.#spoiled.delete(key);
  }

  /** The final value of a field says nothing. */
  spoil(key: string): void {
    this.#spoiled.add(key);
  }

  /**
   * Fields that hold another value than the newest acknowledged event wants, and than any newer
   * event that was given up.
   */
  wrongFields(has: (key: string, value: string | undefined) => boolean, isDone: IsDone): string[] {
    return [...this.#wanting].flatMap(([key, events]) => {
      const [guid, field] = key.split(' ');
      const wanted = FIELDS.filter((known) => known === field);
      const ofField = (event: ProducedEvent) => wanted.map((name) => valueIn(event, guid, name))[0];
      const newestFirst = events.toSorted((a, b) => compareEvents(b, a));
      const done = newestFirst.findIndex(isDone);
      const allowed = newestFirst.slice(0, done + 1).map(ofField);
      const isRight = allowed.some((value) => has(key, value));
      return done < 0 || this.#spoiled.has(key) || isRight
        ? []
        : [`${key} is not ${allowed.join(' or ')}`];
    });
  }

  /** What events want that is stored as what images are shown with. @param has whether it is stored so */
  meantBy(images: readonly WireImage[], has: (key: string, value: string) => boolean): WireImage[] {
    return images.flatMap((image) =>
      valuesOf(image).flatMap(({ key, field }) =>
        (this.#wanting.get(key) ?? []).flatMap((event) => {
          const value = valueIn(event, image.guid, field);
          return value !== undefined && has(key, value)
            ? [{ guid: image.guid, [field]: value }]
            : [];
        }),
      ),
    );
  }

  /**
   * An answer says that values were taken that were not.
   *
   * @param isUnseen whether it was not read back
   */
  claim(images: readonly WireImage[], isUnseen: (image: WireImage) => boolean): void {
    for (const image of images) {
      for (const { key, value } of valuesOf(image)) {
        const name = `${key} ${value}`;
        this.#claims.set(name, [...(this.#claims.get(name) ?? []), () => isUnseen(image)]);
      }
    }
  }

  /** Whether all values of an event that were not taken could not be read back. */
  isClaimed(event: ProducedEvent): boolean {
    return this.#isEach(event, (name) => this.#confirmed.has(name) || this.#isUnseen(name));
  }

  #isUnseen(name: string): boolean {
    return (this.#claims.get(name) ?? []).some((isUnseen) => isUnseen());
  }

  /** Whether each value that an event wants, or a newer event's value, was confirmed. */
  isSettled(event: ProducedEvent): boolean {
    return this.#isEach(event, (name) => this.#confirmed.has(name));
  }

  /** @param holds what must be so of each value that the event wants, or of a newer event's, by name */
  #isEach(event: ProducedEvent, holds: (name: string) => boolean): boolean {
    return event.images.every((image) =>
      valuesOf(image).every(({ key, field }) =>
        (this.#wanting.get(key) ?? []).some(
          (other) =>
            compareEvents(other, event) >= 0 &&
            holds(`${key} ${valueIn(other, image.guid, field)}`),
        ),
      ),
    );
  }

  /** Whether a value was confirmed that an event newer than this one wants of the field. */
  isOutdated(event: ProducedEvent, key: string, field: Field): boolean {
    return this.#isAnyConfirmed(key, field, (other) => compareEvents(other, event) > 0);
  }

  /** The events that want of a field what it has, by guid and field. */
  meant(key: string, has: (key: string, value: string) => boolean): ProducedEvent[] {
    const [guid, name] = key.split(' ');
    return FIELDS.filter((field) => field === name).flatMap((field) =>
      (this.#wanting.get(key) ?? []).filter((event) => {
        const value = valueIn(event, guid, field);
        return value !== undefined && has(key, value);
      }),
    );
  }

  /** What events newer than this one want of the field. */
  newerValues(event: ProducedEvent, key: string, field: Field): string[] {
    const guid = key.split(' ')[0];
    return (this.#wanting.get(key) ?? [])
      .filter((other) => compareEvents(other, event) > 0)
      .flatMap((other) => valueIn(other, guid, field) ?? []);
  }

  /** The newest event that wants this value; undefined where none does. */
  newestWanting(key: string, field: Field, value: string): ProducedEvent | undefined {
    return this.#wantingValue(key, field, value).at(-1);
  }

  /** The oldest event that wants this value; undefined where none does. */
  oldestWanting(key: string, field: Field, value: string): ProducedEvent | undefined {
    return this.#wantingValue(key, field, value)[0];
  }

  /** Whether a value was confirmed that one of these events wants of the field. */
  #isAnyConfirmed(key: string, field: Field, isMeant: (event: ProducedEvent) => boolean): boolean {
    const guid = key.split(' ')[0];
    return (this.#wanting.get(key) ?? []).some(
      (event) => isMeant(event) && this.#confirmed.has(`${key} ${valueIn(event, guid, field)}`),
    );
  }

  #wantingValue(key: string, field: Field, value: string): ProducedEvent[] {
    const guid = key.split(' ')[0];
    return (this.#wanting.get(key) ?? [])
      .filter((event) => valueIn(event, guid, field) === value)
      .sort(compareEvents);
  }
}

/** The events of a batch by the images that they are about: batches are long, and asked for every image. */
const eventsOfBatches = new WeakMap<Invocation['records'], Map<string, ProducedEvent[]>>();

function eventsByGuid(records: Invocation['records']): Map<string, ProducedEvent[]> {
  const known = eventsOfBatches.get(records);
  if (known !== undefined) return known;
  const byGuid = new Map<string, ProducedEvent[]>();
  for (const { message } of records) {
    for (const guid of new Set(message.event.images.map((image) => image.guid))) {
      byGuid.set(guid, [...(byGuid.get(guid) ?? []), message.event]);
    }
  }
  eventsOfBatches.set(records, byGuid);
  return byGuid;
}

/** The events of a batch that want this value, oldest first. */
export function wantingInBatch(
  records: Invocation['records'],
  guid: string,
  field: Field,
  value: string,
): ProducedEvent[] {
  return (eventsByGuid(records).get(guid) ?? [])
    .filter((event) => valueIn(event, guid, field) === value)
    .sort(compareEvents);
}

/** The value that an event wants a field to have. */
export function valueIn(event: ProducedEvent, guid: string | undefined, field: Field) {
  return event.images.find((image) => image.guid === guid)?.[field];
}
