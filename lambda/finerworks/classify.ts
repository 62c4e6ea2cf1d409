import * as z from 'zod';
import type { HttpExcerpt } from '../queue/verdict.ts';
import type { Retry } from '../reasons.ts';
import type { Answer, HttpAnswer } from './answer.ts';

/** What an answer means for the whole call. */
export type CallVerdict =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly detail: string; readonly http: HttpExcerpt }
  | { readonly kind: 'retry'; readonly reason: Retry; readonly detail: string };

/** Long enough to recognise a gateway's page, short enough for a log line. */
const EXCERPT_LENGTH = 500;

const Status = z.object({ success: z.boolean(), message: z.string().nullish() });

/** The documented answer. `status_code` inside is unreliable (seen: success with 400), so unread. */
const StatusAnswer = z.object({ status: Status });

/** Shapes of errors that public clients report; bad keys have a ModelState of their own. */
const ErrorAnswer = z.object({
  status: Status.optional().catch(undefined),
  ModelState: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
  Message: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});

/**
 * Says what an answer means. Success is HTTP 2xx and JSON and `status.success === true`, and
 * nothing else: HTTP 200 with `success: false` happens (docs/finerworks-api.md). Whatever is not
 * clearly a refusal of this call is a retry.
 */
export function classify(answer: Answer): CallVerdict {
  if (answer.kind === 'none') {
    return { kind: 'retry', reason: answer.cause, detail: answer.detail };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return classifySuccess(answer);
  if (status >= 300 && status < 400) return retry('Redirected', answer);
  if (status === 408 || status === 429) return retry('Throttled', answer);
  if (status < 200 || status >= 500) return retry('ServerError', answer);
  if (status === 401 || status === 403) return retry('BadKeys', answer);
  if (answer.truncated) return retry('UnreadableAnswer', answer);
  if (namesCredentials(answer.text)) return retry('BadKeys', answer);
  return refusal(answer);
}

function classifySuccess(answer: HttpAnswer): CallVerdict {
  const parsed = StatusAnswer.safeParse(jsonOf(answer.text));
  if (answer.truncated || !parsed.success) return retry('UnreadableAnswer', answer);
  return parsed.data.status.success ? { kind: 'applied' } : refusal(answer);
}

/** Bad keys give HTTP 400 with `ModelState["ApiC.Models.authorization_credentials"]`. */
function namesCredentials(text: string): boolean {
  const { data } = ErrorAnswer.safeParse(jsonOf(text));
  return Object.keys(data?.ModelState ?? {}).some((key) => /credentials/i.test(key));
}

function refusal(answer: HttpAnswer): CallVerdict {
  const http = { status: answer.status, excerpt: answer.text.slice(0, EXCERPT_LENGTH) };
  return { kind: 'refused', detail: `FinerWorks refused it: ${readableText(answer)}`, http };
}

function retry(reason: Retry, answer: HttpAnswer): CallVerdict {
  return { kind: 'retry', reason, detail: readableText(answer) };
}

/** The sentence in an answer that is meant for people; else how the answer begins. */
function readableText({ status, text, truncated }: HttpAnswer): string {
  const { data } = ErrorAnswer.safeParse(jsonOf(text));
  const sentence =
    data?.status?.message ||
    Object.values(data?.ModelState ?? {})[0]?.[0] ||
    data?.Message ||
    data?.message ||
    text.trim() ||
    'an empty answer';
  const size = truncated ? 'an answer of over 1 MiB, which begins: ' : '';
  return `HTTP ${status}: ${size}${sentence.slice(0, EXCERPT_LENGTH)}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
