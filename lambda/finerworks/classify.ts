import * as z from 'zod/mini';
import type { Retry } from '../verdicts/reasons.ts';
import type { HttpExcerpt } from '../verdicts/verdict.ts';
import { type Answer, NOT_CONNECTED } from './answer.ts';
import {
  EXCERPT_LENGTH,
  type ListedGuids,
  listedIn,
  namesCredentials,
  proseOf,
  type ReadAnswer,
  readableText,
  Status,
} from './answer-content.ts';
import { answerJson } from './answer-json.ts';

/** FinerWorks took the call; where it lists images, those missing were not updated (inferred). */
export interface CallApplied {
  readonly kind: 'applied';
  readonly listed: ListedGuids;
  /** The answer's JSON. */
  readonly content: unknown;
}

/** FinerWorks took nothing of the call. */
export interface CallRefused {
  readonly kind: 'refused';
  /** HTTP 413: the call was too large, and none of its images is the cause. */
  readonly tooLarge: boolean;
  readonly detail: string;
  readonly http: HttpExcerpt;
  /** What the answer says in words, in lower case: it may name images. */
  readonly prose: string;
  readonly listed: ListedGuids;
}

/** The call failed for a cause that may pass, or its effect is unknown. */
export interface CallRetry {
  readonly kind: 'retry';
  readonly reason: Retry;
  readonly detail: string;
  /** The header `Retry-After` as it came. */
  readonly retryAfter: string | null;
  /** Whether the call may have taken effect, or may still do so. */
  readonly mayTakeEffect: boolean;
}

/** What an answer means for the whole call. */
export type CallVerdict = CallApplied | CallRefused | CallRetry;

/** FinerWorks gives these answers before it reads the call. All others may come after it took effect. */
const WITHOUT_EFFECT: ReadonlySet<Retry> = new Set(['Throttled', 'BadKeys', 'Forbidden']);

/** Errors from before there was a connection (Node: common system errors). */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  NOT_CONNECTED,
]);

/** Whether a network error shows that there was no connection: the host is the cause, and no account. */
export function isNeverSent(detail: string): boolean {
  return NEVER_SENT.has(detail);
}

/** `status_code` inside is unreliable (seen: success with 400), so it is not read. */
const StatusAnswer = z.object({ status: Status });

/**
 * Says what an answer means. Success is HTTP 2xx and JSON and `status.success === true`, and nothing
 * else: HTTP 200 with `success: false` happens (docs/finerworks-api.md). An answer that is not clearly
 * a refusal of this call is a retry.
 */
export function classify(answer: Answer): CallVerdict {
  if (answer.kind === 'none') {
    const { cause: reason, detail } = answer;
    const mayTakeEffect = !NEVER_SENT.has(detail);
    return { kind: 'retry', reason, detail, retryAfter: null, mayTakeEffect };
  }
  // Parsed once, since an answer can be large. An answer that was cut off has no JSON.
  const content = answer.truncated ? undefined : answerJson(answer.text);
  return classifyHttp({ ...answer, content });
}

function classifyHttp(answer: ReadAnswer): CallVerdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return classifySuccess(answer);
  if (status >= 300 && status < 400) return retry('Redirected', answer);
  if (status === 408 || status === 429) return retry('Throttled', answer);
  if (status < 200 || status >= 500) return retry('ServerError', answer);
  if (status === 401) return retry('BadKeys', answer);
  // Bad keys give 400; a firewall gives 403, and for one image's text as well (docs/finerworks-api.md).
  if (status === 403) return retry('Forbidden', answer);
  if (answer.truncated) return retry('UnreadableAnswer', answer);
  if (namesCredentials(answer)) return retry('BadKeys', answer);
  return refusal(answer);
}

function classifySuccess(answer: ReadAnswer): CallVerdict {
  const parsed = StatusAnswer.safeParse(answer.content);
  if (!parsed.success) return retry('UnreadableAnswer', answer);
  if (!parsed.data.status.success) return refusal(answer);
  return { kind: 'applied', listed: listedIn(answer.content), content: answer.content };
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

function retry(reason: Retry, answer: ReadAnswer): CallRetry {
  const mayTakeEffect = answer.status === 408 || !WITHOUT_EFFECT.has(reason);
  const { retryAfter } = answer;
  return { kind: 'retry', reason, detail: readableText(answer), retryAfter, mayTakeEffect };
}
