import { FIELDS } from '../fields.ts';
import { readGuid } from '../image.ts';
import { formatPath, isJsonObject, type JsonObject } from '../json.ts';
import { type GuardedField, KNOWN_FIELDS } from './field-names.ts';
import type { Meaning } from './near-names.ts';
import { meaningOf } from './remembered-names.ts';

/** What the names are of: an event with a list of images, an image in it, or an event of one image. */
export type Place = keyof typeof KNOWN_FIELDS;

/** A key that surely means a field, and would be ignored. */
export interface Misnamed {
  readonly field: GuardedField;
  /** Its path in the object that was checked. */
  readonly path: readonly string[];
  /** What is wrong with its name or its place. */
  readonly fault: string;
}

/** There it is ignored, or would hold for all images. */
const BESIDE_IMAGES = 'beside images, not in an image';

/**
 * The keys that differ from a field only in case, underscores or hyphens, or are another name of it,
 * and fields in a place where they are ignored. A value of null says nothing under any name.
 *
 * @param isTimed whether the time is given elsewhere, so that another name of it does not matter
 */
export function misnamedIn(object: JsonObject, place: Place, isTimed: boolean): Misnamed[] {
  const found: Misnamed[] = [];
  // Objects of JSON.parse have only own keys, and Object.keys would take longer.
  for (const key in object) {
    const meaning = meaningOf(key);
    if (meaning === undefined) continue;
    if (isUnsaid(object[key]) || (meaning.field === 'time' && isTimed)) continue;
    const fault = faultOf(object, key, meaning, place);
    if (fault !== undefined) found.push({ field: meaning.field, path: [key], fault });
  }
  const account = place === 'image' ? undefined : accountOfLibrary(object);
  if (account !== undefined) found.push(account);
  const image = place === 'list' ? imageBesideImages(object) : undefined;
  if (image !== undefined) found.push(image);
  return found;
}

function faultOf(object: JsonObject, key: string, { field, by }: Meaning, place: Place) {
  const isOfImage = KNOWN_FIELDS.image.has(field);
  if (place === 'image' && !isOfImage) return faultOfMisplaced(field, by, object[key]);
  // Every field of an event may stand in it; beside a list a title may be an album's.
  if (by === 'name' || (place === 'list' && isOfImage)) return undefined;
  if (by === 'synonym') {
    // With a guid beside it, a list of images is something else.
    const rival = field === 'images' ? (object.images ?? object.guid) : object[field];
    if (!isUnsaid(rival) || !isFit(field, object[key])) return undefined;
  }
  return `written ${field}`;
}

function faultOfMisplaced(field: GuardedField, by: Meaning['by'], value: unknown) {
  // `updated_at` of an image says when the image changed.
  if (field === 'images' || (field === 'time' && by === 'synonym')) return undefined;
  if (by === 'name') return `stands ${BESIDE_IMAGES}`;
  return by === 'spelling' || isFit(field, value)
    ? `written ${field}, ${BESIDE_IMAGES}`
    : undefined;
}

/** The account where list_images and add_images of FinerWorks take it. */
function accountOfLibrary({ library, account_key }: JsonObject): Misnamed | undefined {
  if (!isJsonObject(library) || !isUnsaid(account_key)) return undefined;
  const key = Object.keys(library).find(
    (name) => meaningOf(name)?.field === 'account_key' && isFit('account_key', library[name]),
  );
  const fault = 'written account_key, beside images';
  return key === undefined ? undefined : { field: 'account_key', path: ['library', key], fault };
}

/** A whole image beside the list, which alone would be read. */
function imageBesideImages(event: JsonObject): Misnamed | undefined {
  const isImage = isFit('guid', event.guid) && FIELDS.some((field) => isFit(field, event[field]));
  const fault = 'an image beside images: put it into the list';
  return isImage ? { field: 'guid', path: ['guid'], fault } : undefined;
}

/**
 * Fields of the event beside a CloudEvent's `data`, where they are attributes that nobody reads.
 *
 * @param content the data itself, which may say the same
 */
export function misplacedInCloudEvent(envelope: JsonObject, content: JsonObject): Misnamed[] {
  const found: Misnamed[] = [];
  for (const key in envelope) {
    const { field, by } = meaningOf(key) ?? {};
    if (field === undefined || by === 'synonym' || KNOWN_FIELDS.image.has(field)) continue;
    if (field === 'images' || !isFit(field, envelope[key])) continue;
    // The time is a CloudEvent's own attribute; all other fields belong into the body.
    if (field !== 'time' && isUnsaid(content[field])) {
      const how = by === 'name' ? 'stands' : `written ${field},`;
      found.push({ field, path: [key], fault: `${how} in data, not beside it` });
    } else if (field === 'time' && isUnsaid(envelope.time) && isUnsaid(content.time)) {
      found.push({ field, path: [key], fault: 'written time' });
    }
  }
  return found;
}

/** Each as `path: what is wrong`. */
export function faultsOfNames(
  misnamed: readonly Misnamed[],
  path: readonly PropertyKey[],
): string[] {
  return misnamed.map(({ path: at, fault }) => `${formatPath([...path, ...at])}: ${fault}`);
}

function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether a value is of a field's type, so that its key can be another name of it. */
function isFit(field: GuardedField, value: unknown): boolean {
  switch (field) {
    case 'guid':
      return readGuid(value) !== undefined;
    case 'images':
      return Array.isArray(value);
    case 'time':
      return typeof value === 'string' || typeof value === 'number';
    case 'force':
    case 'removeVirtualInventory':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string' && (field !== 'account_key' || value !== '');
  }
}
