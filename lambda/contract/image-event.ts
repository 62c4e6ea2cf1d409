import { bodySchemas } from './body.ts';
import { unwrap } from './envelopes.ts';
import { type EventFacts, factsInAttributes } from './event-facts.ts';
import { Faults, faultsOf } from './faults/faults.ts';
import { faultsOfNames, misnamedIn } from './faults/misnamed.ts';
import { FIELDS, ofEachField } from './fields.ts';
import { type Image, maxLengthsOf, type TextLimits } from './image.ts';
import { formatPath, isJsonObject, type JsonObject, parseJson } from './json.ts';
import { type Body, plainBodyReader, plainImage } from './plain-body.ts';
import { RejectedEvent } from './rejected-event.ts';

/** A valid event: which images it changes, for which account, and its own facts. */
export interface ImageEvent extends EventFacts {
  /** `null` is the account that the keys belong to. */
  readonly account: string | null;
  /** Send it even though FinerWorks is known to have the same values. */
  readonly force: boolean;
  /** It may remove virtual inventory products of its images. */
  readonly removeVirtualInventory: boolean;
  /** One entry a guid. */
  readonly images: readonly Image[];
}

/**
 * Reads a message's body to a valid event.
 *
 * @param attributes the message's own, as Lambda writes them
 */
export type ReadEvent = (body: string, attributes?: MessageAttributes) => ImageEvent;
type MessageAttributes = Readonly<Record<string, { readonly stringValue?: string | undefined }>>;

/**
 * Makes the reader of the contract: plain bodies exactly as the API takes them, one image alone,
 * and both inside CloudEvents, EventBridge and SNS envelopes. Message attributes of a CloudEvent are
 * the outermost envelope: an envelope inside the body comes before them.
 *
 * One bad image rejects its whole event: to apply half an event would make a state that no producer
 * asked for. The reader throws {@link RejectedEvent} and nothing else, whatever it is given.
 */
export function eventReader(limits: TextLimits): ReadEvent {
  const readPlain = plainBodyReader(limits);
  const readBySchema = schemaReader(limits);

  return (text, attributes = {}) => {
    const { body, path, envelope, transport } = unwrap(parseJson(text));
    const outside = factsInAttributes(attributes, 'stringValue', ['MessageAttributes']);
    const isTimed = envelope.time !== undefined || outside.time !== undefined;
    const read = readPlain(body, isTimed) ?? readBySchema(body, path, isTimed);
    return {
      id: envelope.id ?? outside.id ?? read.id ?? transport.id,
      source: envelope.source ?? outside.source ?? read.source ?? transport.source,
      time: envelope.time ?? outside.time ?? read.time ?? transport.time,
      account: read.account_key,
      force: read.force,
      removeVirtualInventory: read.removeVirtualInventory,
      images: mergeRepeated(read.images, path),
    };
  };
}

/** Reads with the schemas, which know every way to write an event, and name its faults. */
function schemaReader(
  limits: TextLimits,
): (body: JsonObject, path: readonly string[], isTimed: boolean) => Body {
  const { listed, image, single } = bodySchemas(limits);
  const maxLengths = maxLengthsOf(limits);

  return (body, path, isTimed) => {
    if (body.images !== undefined && body.images !== null) return readListed(body, path, isTimed);
    const misnamed = misnamedIn(body, 'single', isTimed || isSaid(body.time));
    // Without a guid or a list of images the body is no event, whatever its other names.
    const isAboutImages = misnamed.some(({ field }) => field === 'guid' || field === 'images');
    if (isAboutImages && !Object.hasOwn(body, 'guid')) {
      throw new RejectedEvent('InvalidEvent', faultsOfNames(misnamed, path).join('; '));
    }
    if (!Object.hasOwn(body, 'guid')) {
      const where = formatPath(path);
      throw new RejectedEvent(
        'InvalidEvent',
        `${where === '' ? 'the body' : where}: neither images nor guid`,
        body,
      );
    }
    const parsed = single.safeParse(body);
    if (!parsed.success || misnamed.length > 0) {
      const faults = parsed.success ? [] : faultsOf(parsed.error, path);
      throw new RejectedEvent(
        'InvalidEvent',
        [...faultsOfNames(misnamed, path), ...faults].join('; '),
      );
    }
    const { data } = parsed;
    return { ...data, images: [{ guid: data.guid, ...ofEachField((field) => data[field]) }] };
  };

  function readListed(body: JsonObject, path: readonly string[], isTimedOutside: boolean): Body {
    const isTimed = isTimedOutside || isSaid(body.time);
    const faults = new Faults('images');
    faults.list(...faultsOfNames(misnamedIn(body, 'list', isTimed), path));
    const parsed = listed.safeParse(body);
    if (!parsed.success) faults.list(...faultsOf(parsed.error, path));
    const images: Image[] = [];
    const values: readonly unknown[] = Array.isArray(body.images) ? body.images : [];
    for (const [at, value] of values.entries()) {
      const plain = plainImage(value, maxLengths, isTimed);
      if (plain !== undefined) images.push(plain);
      else if (faults.isFull) faults.count();
      else {
        const place = [...path, 'images', at];
        const misnamed = isJsonObject(value) ? misnamedIn(value, 'image', isTimed) : [];
        const { error } = image.safeParse(value);
        faults.list(...faultsOfNames(misnamed, place), ...(error ? faultsOf(error, place) : []));
      }
    }
    if (!parsed.success || faults.isAny) {
      throw new RejectedEvent('InvalidEvent', faults.toString(), body);
    }
    return { ...parsed.data, images };
  }
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Merges the entries of a guid that the list has more than once, or rejects what contradicts. */
function mergeRepeated(images: readonly Image[], path: readonly string[]): readonly Image[] {
  // Nearly every list has each guid once.
  if (images.length === 1 || new Set(images.map(({ guid }) => guid)).size === images.length) {
    return images;
  }
  const merged = new Map<string, Image & { at: number }>();
  const conflicts = new Faults('texts');
  for (const [at, image] of images.entries()) {
    const { guid } = image;
    const first = merged.get(guid);
    for (const field of FIELDS) {
      const before = first?.[field];
      if (before === undefined || image[field] === undefined || before === image[field]) continue;
      if (conflicts.isFull) {
        conflicts.count();
        continue;
      }
      const where = formatPath([...path, 'images', at, field]);
      conflicts.list(`${where}: differs from images[${first?.at}] of the same guid`);
    }
    merged.set(guid, {
      guid,
      ...ofEachField((field) => first?.[field] ?? image[field]),
      at: first?.at ?? at,
    });
  }
  if (conflicts.isAny) throw new RejectedEvent('ConflictingImages', conflicts.toString());
  return [...merged.values()].map(({ at: _, ...image }) => image);
}
