// @ts-nocheck
import * as z from 'zod/mini';
import { isJsonObject } from './json.ts';

/** Optional limits on texts, in UTF-16 code units; none by default, because none is documented. */
export interface TextLimits {
  readonly maxTitleLength?: number | undefined;
  readonly maxDescriptionLength?: number | undefined;
}

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** The image's id at FinerWorks: lower case and without braces, so that one image has one key. */
export const Guid = z.pipe(
  z
    .string({ error: (issue) => (issue.input === undefined ? 'missing' : 'not a text') })
    .check(z.regex(new RegExp(`^(?:${UUID}|\\{${UUID}\\})$`), 'not a UUID')),
  z.transform(keyOf),
);

/** The same with every digit written out: V8 tests it in two thirds of the time. */
const DIGITS = [8, 4, 4, 4, 12].map((length) => '[0-9a-fA-F]'.repeat(length)).join('-');
const PLAIN_GUID = new RegExp(`^(?:${DIGITS}|\\{${DIGITS}\\})$`);

/** What {@link Guid} makes of a value, without the schema; undefined where it is no guid. */
export function readGuid(value: unknown): string | undefined {
  return typeof value === 'string' && PLAIN_GUID.test(value) ? keyOf(value) : undefined;
}

/** The one key of an image, of a guid in any case, with or without braces. */
export function keyOf(guid: string): string {
  return (guid.startsWith('{') ? guid.slice(1, -1) : guid).toLowerCase();
}

/** A text to set. `null` is how serialisers write "not supplied"; an empty text is a value. */
function suppliedText(maxLength: number | undefined) {
  const text = z.string('not a text');
  const limited =
    maxLength === undefined
      ? text
      : text.check(z.maxLength(maxLength, `longer than ${maxLength} characters`));
  return z.pipe(
    z.nullish(limited),
    z.transform((value) => value ?? undefined),
  );
}

/** The fields of one image as the API names it, `{guid, title, description}`. */
export function imageFields(limits: TextLimits) {
  return {
    guid: Guid,
    title: suppliedText(limits.maxTitleLength),
    description: suppliedText(limits.maxDescriptionLength),
  };
}

/** Wants at least one of the two texts of an object that has the fields of an image. */
export function requireText<Schema extends z.ZodMiniType>(schema: Schema): Schema {
  return schema.check(
    z.refine(hasText, {
      error: 'neither title nor description is supplied',
      // By default zod looks no further once a field is wrong; producers get every fault at once.
      when: ({ value }) => typeof value === 'object' && value !== null,
    }),
  );
}

function hasText(image: unknown): boolean {
  return isJsonObject(image) && (image.title ?? image.description) !== undefined;
}

/** What an event sets of one image; a text that is absent stays as it is at FinerWorks. */
export interface Image {
  readonly guid: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}
