import * as z from 'zod/mini';

/** A request of a sender, as it came over the wire. */
export interface WebhookRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Headers;
  /** The very bytes: signatures are of these, and not of what they mean. */
  readonly body: Buffer;
}

/** Headers by their names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** What a function URL hands over, as far as it is read (AWS: Lambda function URLs, payload format 2.0). */
const UrlEvent = z.object({
  rawPath: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.optional(z.string()),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/** @returns undefined where the event is none of a function URL */
export function requestOf(event: unknown): WebhookRequest | undefined {
  const { success, data } = UrlEvent.safeParse(event);
  if (!success) return undefined;
  const { rawPath, headers, body = '', isBase64Encoded, requestContext } = data;
  return {
    method: requestContext.http.method,
    path: rawPath,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
