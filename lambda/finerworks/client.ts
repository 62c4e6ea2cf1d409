import * as z from 'zod';
import type { Answer } from './answer.ts';
import { type Call, toBody } from './call.ts';
import { type Keys, withoutKeys } from './keys.ts';

/** An answer is one status object, and on the newer host the images sent: far below this. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Sends one call. Resolves to whatever came of it; what it means is for `classify` to say. */
export type Send = (call: Call, keys: Keys) => Promise<Answer>;

/** Where and how long to call. */
export interface ClientSettings {
  readonly apiUrl: string;
  readonly callTimeoutSeconds: number;
}

/**
 * Makes the one function that talks to FinerWorks.
 *
 * Node's own `fetch` keeps connections alive and is small; redirects are never followed, because
 * they would carry both keys to another host; an answer is read up to a cap. The time-out covers
 * the whole call, the last byte of the answer included.
 */
export function createClient({ apiUrl, callTimeoutSeconds }: ClientSettings): Send {
  return async (call, keys) => {
    const signal = AbortSignal.timeout(callTimeoutSeconds * 1_000);
    try {
      const response = await fetch(`${apiUrl}/v3/update_images`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          web_api_key: keys.web_api_key,
          app_key: keys.app_key,
        },
        body: toBody(call),
        redirect: 'manual',
        signal,
      });
      const { text, truncated } = await readCapped(response);
      return {
        kind: 'answer',
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        text: withoutKeys(text, keys),
        truncated,
      };
    } catch (error) {
      if (signal.aborted) {
        return {
          kind: 'none',
          cause: 'Timeout',
          detail: `no answer within ${callTimeoutSeconds} s`,
        };
      }
      return { kind: 'none', cause: 'Network', detail: codeOf(error) };
    }
  };
}

async function readCapped(response: Response): Promise<{ text: string; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the stream, so that no more than the cap is ever held.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return {
    text: new TextDecoder().decode(Buffer.concat(chunks)),
    truncated: bytes > MAX_ANSWER_BYTES,
  };
}

const NetworkError = z.object({ cause: z.object({ code: z.string() }) });

/** Only the code: the text of a network error can hold addresses, and that of others headers. */
function codeOf(error: unknown): string {
  return NetworkError.safeParse(error).data?.cause.code ?? 'a network error without a code';
}
