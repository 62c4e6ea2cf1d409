// @ts-nocheck
import * as z from 'zod/mini';
import { readGuid } from '../contract/image.ts';
import { isJsonObject } from '../contract/json.ts';
import type { Retry } from '../reasons.ts';
import type { HttpExcerpt } from '../verdicts/verdict.ts';
import type { Answer, HttpAnswer } from './answer.ts';
import { answerJson } from './answer-json.ts';

/** The guids in an answer's `images[]`; undefined where there is none, or an empty one. */
type Listed = ReadonlySet<string> | undefined;

/** FinerWorks took the call; where it lists images, those missing were not updated (inferred). */
export interface CallApplied {
  readonly kind: 'applied';
  readonly listed: Listed;
  /** The answer's body. */
  readonly text: string;
}

/** FinerWorks took nothing of the call. */
export interface CallRefused {
  readonly kind: 'refused';
  /** HTTP 413: the call's size is at fault and no image in it. */
  readonly tooLarge: boolean;
  readonly detail: string;
  readonly http: HttpExcerpt;
  /** What the answer says in words, in lower case: it may name images. */
  readonly prose: string;
  readonly listed: Listed;
}

/** Whether the call took effect is unknown, or it did not for a cause that may pass. */
export interface CallRetry {
  readonly kind: 'retry';
  readonly reason: Retry;
  readonly detail: string;
  /** The header `Retry-After` as it came. */
  readonly retryAfter: string | null;
  /** Whether the call may have taken effect all the same, or may yet do so. */
  readonly mayTakeEffect: boolean;
}

/** What an answer means for the whole call. */
export type CallVerdict = CallApplied | CallRefused | CallRetry;

/** Long enough to recognise a gateway's page, short enough for a log line. */
const EXCERPT_LENGTH = 500;

/** Answers from before the call was looked at. All others may come after it took effect. */
const WITHOUT_EFFECT: ReadonlySet<Retry> = new Set(['Throttled', 'BadKeys', 'Forbidden']);

/** Errors from before there was a connection (Node: common system errors; undici: errors). */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a network error shows that there was no connection at all: the host's affair, and nobody else's. */
export function isNeverSent(detail: string): boolean {
  return NEVER_SENT.has(detail);
}

/** Everything but `success` is for people, so that a surprise there decides nothing. */
const OptionalText = z.catch(z.optional(z.string()), undefined);
const Status = z.object({ success: z.boolean(), message: OptionalText });

/** `status_code` inside is unreliable (seen: success with 400), so it is not read. */
const StatusAnswer = z.object({ status: Status });

/** Shapes of errors that public clients report; bad keys have a ModelState of their own. */
const ErrorAnswer = z.object({
  status: z.catch(z.optional(Status), undefined),
  ModelState: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  Message: OptionalText,
  message: OptionalText,
});

/**
 * Says what an answer means. Success is HTTP 2xx and JSON and `status.success === true`, and
 * nothing else: HTTP 200 with `success: false` happens (docs/finerworks-api.md). Whatever is not
 * clearly a refusal of this call is a retry.
 */
export function classify(answer: Answer): CallVerdict {
  if (answer.kind === 'none') {
    const { cause: reason, detail } = answer;
    const mayTakeEffect = !NEVER_SENT.has(detail);
    return { kind: 'retry', reason, detail, retryAfter: null, mayTakeEffect };
  }
  // Once, since an answer can be large. What was cut off is no JSON, and half of it not worth the memory.
  const read = { ...answer, content: answer.truncated ? undefined : answerJson(answer.text) };
  const { status } = read;
  if (status >= 200 && status < 300) return classifySuccess(read);
  if (status >= 300 && status < 400) return retry('Redirected', read);
  if (status === 408 || status === 429) return retry('Throttled', read);
  if (status < 200 || status >= 500) return retry('ServerError', read);
  if (status === 401) return retry('BadKeys', read);
  // Bad keys give 400; a firewall gives 403, and for one image's text as well (docs/finerworks-api.md).
  if (status === 403) return retry('Forbidden', read);
  if (read.truncated) return retry('UnreadableAnswer', read);
  if (namesCredentials(read)) return retry('BadKeys', read);
  return refusal(read);
}

/** An answer with its JSON; undefined where its text is none. */
interface ReadAnswer extends HttpAnswer {
  readonly content: unknown;
}

function classifySuccess(answer: ReadAnswer): CallVerdict {
  const { data } = StatusAnswer.safeParse(answer.content);
  if (data === undefined) return retry('UnreadableAnswer', answer);
  if (!data.status.success) return refusal(answer);
  return { kind: 'applied', listed: listedIn(answer.content), text: answer.text };
}

/** Bad keys give HTTP 400 with `ModelState["ApiC.Models.authorization_credentials"]`. */
function namesCredentials({ content }: ReadAnswer): boolean {
  const { data } = ErrorAnswer.safeParse(content);
  return Object.keys(data?.ModelState ?? {}).some((key) => /credentials/i.test(key));
}

function refusal(answer: ReadAnswer): CallRefused {
  return {
    kind: 'refused',
    tooLarge: answer.status === 413,
    detail: `FinerWorks refused it: ${readableText(answer)}`,
    http: { status: answer.status, excerpt: answer.text.slice(0, EXCERPT_LENGTH) },
    prose: proseOf(answer).toLowerCase(),
    listed: listedIn(answer.content),
  };
}

/** An answer without the images that it lists: to be listed is not to be named. */
function proseOf({ content, text }: ReadAnswer): string {
  if (!isJsonObject(content) || !Array.isArray(content.images)) return text;
  const { images: _, ...rest } = content;
  return JSON.stringify(rest);
}

/** By hand: a schema would make an error of each of 350,000 items that are no images. */
function listedIn(content: unknown): Listed {
  if (!isJsonObject(content) || !Array.isArray(content.images)) return undefined;
  const listed = new Set<string>();
  for (const image of content.images) {
    const guid = isJsonObject(image) ? readGuid(image.guid) : undefined;
    if (guid !== undefined) listed.add(guid);
  }
  return listed.size > 0 ? listed : undefined;
}

function retry(reason: Retry, answer: ReadAnswer): CallRetry {
  const mayTakeEffect = answer.status === 408 || !WITHOUT_EFFECT.has(reason);
  const { retryAfter } = answer;
  return { kind: 'retry', reason, detail: readableText(answer), retryAfter, mayTakeEffect };
}

/** Under each key of a ModelState stands a list of sentences. */
function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

/** The sentence in an answer that is meant for people; else how the answer begins. */
function readableText({ status, text, truncated, content }: ReadAnswer): string {
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
