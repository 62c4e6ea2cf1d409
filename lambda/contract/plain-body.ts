import { type EventTime, plainUtcTime } from './event-time.ts';
import { misnamedIn, type Place } from './faults/misnamed.ts';
import type { AllValues } from './fields.ts';
import { type Image, type MaxLengths, maxLengthsOf, readGuid, type TextLimits } from './image.ts';
import { isJsonObject, type JsonObject } from './json.ts';

/** What a valid body says, in whichever of its two forms. */
export interface Body {
  readonly account_key: string | null;
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly time?: EventTime | undefined;
  readonly force: boolean;
  readonly removeVirtualInventory: boolean;
  readonly images: readonly Image[];
}

/** @param isTimed whether an envelope says the time, so that the body need not */
export type ReadBody = (body: JsonObject, isTimed: boolean) => Body | undefined;

/**
 * Makes a reader of bodies as nearly all are written, in a fifth of the time that the schemas of
 * `body.ts` take. What it reads it reads as they do. Where it says undefined, they are to be asked:
 * whether it is a fault, or only a rarer way to write, is theirs to say.
 */
export function plainBodyReader(limits: TextLimits): ReadBody {
  const maxLengths = maxLengthsOf(limits);
  return (body, isTimed) => {
    const account = body.account_key ?? '';
    const force = body.force ?? false;
    const removeVirtualInventory = body.removeVirtualInventory ?? false;
    const time = typeof body.time === 'string' ? plainUtcTime(body.time) : undefined;
    const isPlain =
      typeof account === 'string' &&
      typeof force === 'boolean' &&
      typeof removeVirtualInventory === 'boolean' &&
      (time ?? body.time ?? undefined) === time;
    const images = isPlain
      ? plainImages(body, maxLengths, isTimed || time !== undefined)
      : undefined;
    if (!isPlain || images === undefined) return undefined;
    return {
      account_key: account || null,
      id: ownLabel(body.id),
      source: ownLabel(body.source),
      time,
      force,
      removeVirtualInventory,
      images,
    };
  };
}

function plainImages(
  body: JsonObject,
  maxLengths: MaxLengths,
  isTimed: boolean,
): Image[] | undefined {
  const list = body.images ?? undefined;
  if (list === undefined) {
    // One image alone has its fields beside those of the event.
    const image = wellNamed(body, 'single', isTimed) ? imageOf(body, maxLengths) : undefined;
    return image && [image];
  }
  if (!Array.isArray(list) || list.length === 0 || !wellNamed(body, 'list', isTimed))
    return undefined;
  const images = list.map((value) => plainImage(value, maxLengths, isTimed));
  return images.every((image) => image !== undefined) ? images : undefined;
}

/** One image of a list, which has no rarer way to be written: where this says undefined, it is at fault. */
export function plainImage(
  value: unknown,
  maxLengths: MaxLengths,
  isTimed: boolean,
): Image | undefined {
  return isJsonObject(value) && wellNamed(value, 'image', isTimed)
    ? imageOf(value, maxLengths)
    : undefined;
}

function imageOf(value: JsonObject, maxLengths: MaxLengths): (Image & AllValues) | undefined {
  const guid = readGuid(value.guid);
  const title = value.title ?? undefined;
  const description = value.description ?? undefined;
  if (guid === undefined) return undefined;
  const isPlain =
    isTextOrAbsent(title, maxLengths.title) &&
    isTextOrAbsent(description, maxLengths.description) &&
    (title ?? description) !== undefined;
  return isPlain ? { guid, title, description } : undefined;
}

/** Whether no key means a field and is not its name. Most objects have no key but those that are known. */
function wellNamed(object: JsonObject, place: Place, isTimed: boolean): boolean {
  let others = place === 'image' ? -fieldsOfImage(object) : -fieldsOfEvent(object);
  if (place === 'single') others -= fieldsOfImage(object);
  others += Object.keys(object).length;
  return others === 0 || misnamedIn(object, place, isTimed).length === 0;
}

function fieldsOfImage({ guid, title, description }: JsonObject): number {
  return one(guid) + one(title) + one(description);
}

function fieldsOfEvent(body: JsonObject): number {
  const { images, account_key, id, source, time, force, removeVirtualInventory } = body;
  const switches = one(force) + one(removeVirtualInventory);
  return one(images) + one(account_key) + one(id) + one(source) + one(time) + switches;
}

function one(value: unknown): number {
  return value === undefined ? 0 : 1;
}

function isTextOrAbsent(value: unknown, maxLength = Infinity): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= maxLength);
}

function ownLabel(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
