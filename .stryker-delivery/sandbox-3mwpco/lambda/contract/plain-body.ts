// @ts-nocheck
import { type EventTime, plainUtcTime } from './event-time.ts';
import { type Image, readGuid, type TextLimits } from './image.ts';
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

/**
 * Makes a reader of bodies as nearly all are written, in a fifth of the time that the schemas of
 * `body.ts` take. What it reads it reads as they do. Where it says undefined, they are to be asked:
 * whether it is a fault, or only a rarer way to write, is theirs to say.
 */
export function plainBodyReader(limits: TextLimits): (body: JsonObject) => Body | undefined {
  return (body) => {
    const account = body.account_key ?? '';
    const force = body.force ?? false;
    const removeVirtualInventory = body.removeVirtualInventory ?? false;
    const time = typeof body.time === 'string' ? plainUtcTime(body.time) : undefined;
    const isPlain =
      typeof account === 'string' &&
      typeof force === 'boolean' &&
      typeof removeVirtualInventory === 'boolean' &&
      (time ?? body.time ?? undefined) === time;
    // One image alone has its fields beside those of the event.
    const images = isPlain ? plainImages(body.images ?? [body], limits) : undefined;
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

function plainImages(list: unknown, limits: TextLimits): Image[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const images = list.map((value) => plainImage(value, limits));
  return images.every((image) => image !== undefined) ? images : undefined;
}

/** One image, which has no rarer way to be written: where this says undefined, it is at fault. */
export function plainImage(value: unknown, limits: TextLimits): Image | undefined {
  if (!isJsonObject(value)) return undefined;
  const guid = readGuid(value.guid);
  const title = value.title ?? undefined;
  const description = value.description ?? undefined;
  if (guid === undefined) return undefined;
  const isPlain =
    isTextOrAbsent(title, limits.maxTitleLength) &&
    isTextOrAbsent(description, limits.maxDescriptionLength) &&
    (title ?? description) !== undefined;
  return isPlain ? { guid, title, description } : undefined;
}

function isTextOrAbsent(value: unknown, maxLength = Infinity): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= maxLength);
}

function ownLabel(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
