import * as z from 'zod/mini';
import { guidFault } from './faults/guid-fault.ts';
import { notAText } from './faults/quoted.ts';
import { type EachField, FIELDS, ofEachField, type Values } from './fields.ts';
import { isJsonObject } from './json.ts';

/** Optional limits on texts, in UTF-16 code units; none by default, because none is documented. */
export interface TextLimits {
  readonly maxTitleLength?: number | undefined;
  readonly maxDescriptionLength?: number | undefined;
}

/** The limit of each field; undefined where it has none. */
export type MaxLengths = EachField<number | undefined>;

/** Which limit belongs to which field. */
export function maxLengthsOf({ maxTitleLength, maxDescriptionLength }: TextLimits): MaxLengths {
  return { title: maxTitleLength, description: maxDescriptionLength };
}

const HEXADECIMAL = '[0-9a-fA-F]';
/** All zeros is what a guid holds that nobody set. */
const SET = '(?![0-]*\\}?$)';
const UUID = `${SET}${HEXADECIMAL}{8}(?:-${HEXADECIMAL}{4}){3}-${HEXADECIMAL}{12}`;
const URN = '[uU][rR][nN]:[uU][uU][iI][dD]:';

/**
 * The image's id at FinerWorks: lower case, with hyphens and without braces, so that one image has
 * one key. Its other forms have one reading as well: in braces, 32 digits, and the URN of RFC 9562.
 */
export const Guid = z.pipe(
  z.string({ error: ({ input }) => guidFault(input) }).check(
    z.regex(new RegExp(`^(?:${UUID}|\\{${UUID}\\}|${URN}${UUID}|${SET}${HEXADECIMAL}{32})$`), {
      error: ({ input }) => guidFault(input),
    }),
  ),
  z.transform(keyOf),
);

/** The same with every digit written out: V8 tests it in two thirds of the time. */
const DIGITS = `${SET}${[8, 4, 4, 4, 12].map((length) => HEXADECIMAL.repeat(length)).join('-')}`;
const PLAIN_GUID = new RegExp(`^(?:${DIGITS}|\\{${DIGITS}\\})$`);
const RARER_GUID = new RegExp(`^(?:${URN}${DIGITS}|${SET}${HEXADECIMAL.repeat(32)})$`);

/** What {@link Guid} makes of a value, without the schema; undefined where it is no guid. */
export function readGuid(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return PLAIN_GUID.test(value) || RARER_GUID.test(value) ? keyOf(value) : undefined;
}

const LENGTH = 36;
const DIGITS_ALONE = 32;

/** The one key of an image, of a guid in any of the forms that {@link Guid} takes. */
function keyOf(guid: string): string {
  // The usual form first: this is done for every image.
  if (guid.length === LENGTH) return guid.toLowerCase();
  if (guid.startsWith('{')) return guid.slice(1, -1).toLowerCase();
  return (guid.length === DIGITS_ALONE ? withHyphens(guid) : guid.slice(-LENGTH)).toLowerCase();
}

function withHyphens(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A text to set. `null` is how serialisers write "not supplied"; an empty text is a value. */
function suppliedText(maxLength: number | undefined) {
  const text = z.string({ error: ({ input }) => notAText(input) });
  const limited =
    maxLength === undefined
      ? text
      : text.check(z.maxLength(maxLength, `longer than ${maxLength} characters`));
  return z.pipe(
    z.nullish(limited),
    z.transform((value) => value ?? undefined),
  );
}

/** One image as the API names it, `{guid, title, description}`. */
export function imageFields(limits: TextLimits) {
  const maxLengths = maxLengthsOf(limits);
  return { guid: Guid, ...ofEachField((field) => suppliedText(maxLengths[field])) };
}

/** Wants at least one of the texts of an object that has the fields of an image. */
export function requireText<Schema extends z.ZodMiniType>(schema: Schema): Schema {
  return schema.check(
    z.refine(hasText, {
      error: `neither ${FIELDS.join(' nor ')} is supplied`,
      // By default zod looks no further once a field is wrong; producers get every fault at once.
      when: ({ value }) => typeof value === 'object' && value !== null,
    }),
  );
}

function hasText(image: unknown): boolean {
  return isJsonObject(image) && FIELDS.some((field) => (image[field] ?? undefined) !== undefined);
}

/** What an event sets of one image; a text that is absent stays as it is at FinerWorks. */
export interface Image extends Values {
  readonly guid: string;
}
