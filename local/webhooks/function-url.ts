import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';

/** The largest request that a function URL takes (AWS: Lambda quotas, synchronous payload). */
const MAX_BYTES = 6 * 1_048_576;

/** What a function answers a function URL. */
export const UrlAnswer = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
});
export type UrlAnswer = z.output<typeof UrlAnswer>;

/**
 * A request as a function URL hands it over (AWS: Lambda function URLs, payload format 2.0).
 *
 * @returns undefined where it is larger than a function URL takes
 */
export async function urlEventOf(request: IncomingMessage): Promise<object | undefined> {
  const body = await buffer(request);
  if (body.byteLength > MAX_BYTES) return undefined;
  const { pathname, search } = new URL(request.url ?? '/', 'http://local');
  // Text stays text by its type; all else is in base64.
  const isText = isUtf8(body) && /json|text|xml/.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    requestContext: { http: { method: request.method, path: pathname, sourceIp: '127.0.0.1' } },
    ...(body.byteLength > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: !isText,
  };
}
