import * as z from 'zod';
import type { Answer } from './answer.ts';
import { type Call, toBody } from './call.ts';
import { type Keys, withoutKeys } from './keys.ts';
import { type ListImages, toListBody } from './list-images.ts';

/** An answer is one status object, and on the newer host the images sent: far below this. */
const MAX_ANSWER_BYTES = 1_048_576;
/** At most 50 images with their products: 160 KiB each. */
const MAX_LIST_BYTES = 8 * 1_048_576;

/** Sends one call. Resolves to whatever came of it; what it means is for `classify` to say. */
export type Send = (call: Call, keys: Keys) => Promise<Answer>;

/** Where and how long to call. */
export interface ClientSettings {
  readonly apiUrl: string;
  readonly callTimeoutSeconds: number;
}

/** The calls of FinerWorks that this system makes. */
export interface FinerWorks {
  readonly send: Send;
  readonly listImages: ListImages;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Bytes of the answer that are read at most. */
  readonly cap: number;
}

/**
 * Makes the only client of FinerWorks.
 *
 * Node's own `fetch` keeps connections alive and is small; redirects are never followed, because
 * they would carry both keys to another host; an answer is read up to a cap. The time-out covers
 * the whole call, the last byte of the answer included.
 */
export function createClient(settings: ClientSettings): FinerWorks {
  return {
    send: (call, keys) => {
      const path = '/v3/update_images';
      return request({ method: 'PUT', path, body: toBody(call), cap: MAX_ANSWER_BYTES }, keys);
    },
    listImages: (query, keys) => {
      const path = '/v3/list_images';
      return request({ method: 'POST', path, body: toListBody(query), cap: MAX_LIST_BYTES }, keys);
    },
  };

  async function request({ method, path, body, cap }: Request, keys: Keys): Promise<Answer> {
    const { apiUrl, callTimeoutSeconds } = settings;
    const signal = AbortSignal.timeout(callTimeoutSeconds * 1_000);
    try {
      const response = await fetch(`${apiUrl}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          web_api_key: keys.web_api_key,
          app_key: keys.app_key,
        },
        body,
        redirect: 'manual',
        signal,
      });
      const { text, truncated } = await readCapped(response, cap);
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
  }
}

async function readCapped(response: Response, cap: number) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the stream, so that no more than the cap is ever held.
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
