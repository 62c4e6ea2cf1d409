import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as z from 'zod/mini';
import type { Keys } from '../keys/keys.ts';
import { redactKeys } from '../keys/redact-keys.ts';
import type { Answer } from './answer.ts';
import { exchange } from './connections.ts';

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
  readonly onHeaders?: (headers: IncomingHttpHeaders) => void;
}

/**
 * Makes a request to FinerWorks. Never rejects: a failure is a {@link NoAnswer}.
 *
 * Not with `fetch`, which every start would have to load (docs/decisions.md). Redirects are never
 * followed, because they would carry both keys to another host. An answer is read up to a cap. The
 * timeout covers the whole call, up to the last byte of the answer.
 */
export async function request(
  { method, path, body, cap, timeoutSeconds: given, onHeaders }: Request,
  keys: Keys,
  { apiUrl, callTimeoutSeconds }: ClientSettings,
): Promise<Answer> {
  const timeoutSeconds = given ?? callTimeoutSeconds;
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  try {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      // Without this header a server may choose any encoding (RFC 9110, 12.5.3).
      'accept-encoding': 'gzip',
      web_api_key: keys.web_api_key,
      app_key: keys.app_key,
    };
    const response = await exchange(`${apiUrl}${path}`, { method, headers, signal }, body);
    onHeaders?.(response.headers);
    const { text, truncated } = await readCapped(response, cap);
    // Where only the connection's end ends the answer, it seems to end with the timeout.
    signal.throwIfAborted();
    const retryAfter = response.headers['retry-after'];
    return {
      kind: 'answer',
      status: response.statusCode ?? 0,
      retryAfter: retryAfter === undefined ? null : redactKeys(retryAfter, keys),
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
  response: IncomingMessage,
  cap: number,
): Promise<{ text: string; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // To leave the loop ends the stream and its connection, so no more than the cap is ever held.
  for await (const chunk of decoded(response)) {
    bytes += chunk.byteLength;
    if (bytes > cap) break;
    chunks.push(chunk);
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), truncated: bytes > cap };
}

async function* decoded(response: IncomingMessage): AsyncGenerator<Buffer> {
  // Encodings have no case, and gzip an older name (RFC 9110, 8.4.1).
  if (!/^(x-)?gzip$/i.test(response.headers['content-encoding'] ?? '')) return yield* response;
  const gunzip = createGunzip();
  try {
    // The loop that reads meets every error.
    yield* pipeline(response, gunzip, () => {});
  } catch (error) {
    // The gzip is not complete; where there is no body at all, nothing is missing (an empty 429, say).
    if (codeOf(error) !== 'Z_BUF_ERROR' || gunzip.bytesWritten > 0) throw error;
  }
}

const NetworkError = z.object({ code: z.string() });

/** Only the code: the text of a network error can hold addresses, and that of others headers. */
function codeOf(error: unknown): string {
  return NetworkError.safeParse(error).data?.code ?? 'a network error without a code';
}
