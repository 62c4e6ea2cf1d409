import * as z from 'zod/mini';
import type { Keys } from '../keys/keys.ts';
import { redactKeys } from '../keys/redact-keys.ts';
import type { Answer } from './answer.ts';

/** Where and how long to call. */
export interface ClientSettings {
  readonly apiUrl: string;
  readonly callTimeoutSeconds: number;
}

/** One request to the API. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** `/v3/update_images`, say. */
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  /** The most bytes of the answer that are read. */
  readonly cap: number;
  /** `callTimeoutSeconds` unless set. */
  readonly timeoutSeconds?: number | undefined;
  /** Called with the answer's headers, which may repeat the keys. */
  readonly onHeaders?: (headers: Headers) => void;
}

/**
 * Makes a request to FinerWorks. Never rejects: a failure is a {@link NoAnswer}.
 *
 * Node's own `fetch` keeps connections alive and is small. Redirects are never followed, because they
 * would carry both keys to another host. An answer is read up to a cap. The timeout covers the whole
 * call, up to the last byte of the answer.
 */
export async function request(
  { method, path, body, cap, timeoutSeconds: given, onHeaders }: Request,
  keys: Keys,
  { apiUrl, callTimeoutSeconds }: ClientSettings,
): Promise<Answer> {
  const timeoutSeconds = given ?? callTimeoutSeconds;
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  try {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        web_api_key: keys.web_api_key,
        app_key: keys.app_key,
      },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
    });
    onHeaders?.(response.headers);
    const { text, truncated } = await readCapped(response, cap);
    const retryAfter = response.headers.get('retry-after');
    return {
      kind: 'answer',
      status: response.status,
      retryAfter: retryAfter === null ? null : redactKeys(retryAfter, keys),
      text: redactKeys(text, keys),
      truncated,
    };
  } catch (error) {
    if (signal.aborted) {
      return { kind: 'none', cause: 'Timeout', detail: `no answer within ${timeoutSeconds} s` };
    }
    return { kind: 'none', cause: 'Network', detail: codeOf(error) };
  }
}

async function readCapped(
  response: Response,
  cap: number,
): Promise<{ text: string; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // To leave the loop cancels the stream, so no more than the cap is ever held.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > cap) break;
    chunks.push(chunk);
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), truncated: bytes > cap };
}

const NetworkError = z.object({ cause: z.object({ code: z.string() }) });

/** Only the code: the text of a network error can hold addresses, and that of others headers. */
function codeOf(error: unknown): string {
  return NetworkError.safeParse(error).data?.cause.code ?? 'a network error without a code';
}
