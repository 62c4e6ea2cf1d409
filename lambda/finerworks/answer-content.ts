import * as z from 'zod/mini';
import { readGuid } from '../contract/image.ts';
import { isJsonObject } from '../contract/json.ts';
import type { HttpAnswer } from './answer.ts';

/** An answer with its JSON; `content` is undefined where its text is none. */
export interface ReadAnswer extends HttpAnswer {
  readonly content: unknown;
}

/** The guids in an answer's `images[]`; undefined where there is none, or an empty one. */
export type ListedGuids = ReadonlySet<string> | undefined;

/** Long enough to recognise a gateway's page, short enough for a log line. */
export const EXCERPT_LENGTH = 500;

/** Everything but `success` is for people: an unexpected value there decides nothing. */
const OptionalText = z.catch(z.optional(z.string()), undefined);
export const Status = z.object({ success: z.boolean(), message: OptionalText });

/** Shapes of errors that public clients report; bad keys have a ModelState of their own. */
const ErrorAnswer = z.object({
  status: z.catch(z.optional(Status), undefined),
  ModelState: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  Message: OptionalText,
  message: OptionalText,
});

/** Bad keys give HTTP 400 with `ModelState["ApiC.Models.authorization_credentials"]`. */
export function namesCredentials({ content }: ReadAnswer): boolean {
  const { data } = ErrorAnswer.safeParse(content);
  return Object.keys(data?.ModelState ?? {}).some((key) => /credentials/i.test(key));
}

/**
 * The guids that an answer lists. Without a schema, which would make an error for each of 350,000 items
 * that are no images.
 */
export function listedIn(content: unknown): ListedGuids {
  if (!isJsonObject(content) || !Array.isArray(content.images)) return undefined;
  const listed = new Set<string>();
  for (const image of content.images) {
    const guid = isJsonObject(image) ? readGuid(image.guid) : undefined;
    if (guid !== undefined) listed.add(guid);
  }
  return listed.size > 0 ? listed : undefined;
}

/** An answer without the images that it lists: a listed guid is not one that the words name. */
export function proseOf({ content, text }: ReadAnswer): string {
  if (!isJsonObject(content) || !Array.isArray(content.images)) return text;
  const { images: _, ...rest } = content;
  return JSON.stringify(rest);
}

/** Under each key of a ModelState stands a list of sentences. */
function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

/** The sentence in an answer that is meant for people; else how the answer begins. */
export function readableText({ status, text, truncated, content }: ReadAnswer): string {
  const { data } = ErrorAnswer.safeParse(content);
  const sentence =
    data?.status?.message ||
    firstText(Object.values(data?.ModelState ?? {})[0]) ||
    data?.Message ||
    data?.message ||
    text.trim() ||
    'an empty answer';
  const size = truncated ? 'an answer that is too long, and begins: ' : '';
  return `HTTP ${status}: ${size}${sentence.slice(0, EXCERPT_LENGTH)}`;
}
