import { createHash, createHmac } from 'node:crypto';
import type { Headers, WebhookRequest } from '../request.ts';
import type { SignatureScheme } from './scheme.ts';

/** Contentful's own library takes 30 s; what is tried again, or comes from a clock that is a little wrong, must pass too. */
const MINUTES_5 = 300;
/** As long as Cloudinary's own libraries take a notification (`valid_for`). */
const HOURS_2 = 7_200;
const SHA1_BYTES = 20;

const body = ({ body }: WebhookRequest) => [body];

/** How each vendor signs. The documents that say so stand in docs/webhooks.md. */
export const SCHEMES = {
  shopify: {
    headers: ['x-shopify-hmac-sha256'],
    encoding: 'base64',
    signed: body,
    digest: hmac,
  },
  woocommerce: {
    headers: ['x-wc-webhook-signature'],
    encoding: 'base64',
    signed: body,
    digest: hmac,
  },
  akeneo: {
    // While a secret is replaced, the Event Platform signs with both.
    headers: ['x-akeneo-signature-primary', 'x-akeneo-signature-secondary'],
    encoding: 'hex',
    signed: body,
    digest: hmac,
  },
  contentful: {
    headers: ['x-contentful-signature'],
    encoding: 'hex',
    signed: canonicalRequest,
    digest: hmac,
    timestamp: {
      header: 'x-contentful-timestamp',
      unit: 'milliseconds',
      toleranceSeconds: MINUTES_5,
    },
    announced: (headers) => ({
      [SIGNED_HEADERS]: [...Object.keys(headers), SIGNED_HEADERS].toSorted().join(','),
    }),
  },
  cloudinary: {
    headers: ['x-cld-signature'],
    encoding: 'hex',
    signed: ({ headers, body }) => {
      const timestamp = headers['x-cld-timestamp'];
      return timestamp === undefined ? undefined : [body, timestamp];
    },
    // No HMAC: a hash of the text with the secret at its end, by SHA-1 or SHA-256 as the account is set.
    digest: (secret, parts, length) => {
      const hash = createHash(length === SHA1_BYTES ? 'sha1' : 'sha256');
      for (const part of [...parts, secret]) hash.update(part);
      return hash.digest();
    },
    timestamp: { header: 'x-cld-timestamp', unit: 'seconds', toleranceSeconds: HOURS_2 },
  },
} as const satisfies Readonly<Record<string, SignatureScheme>>;

const SIGNED_HEADERS = 'x-contentful-signed-headers';

function hmac(secret: string, parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHmac('sha256', secret);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Method, path, the headers that the request names, and the body (Contentful: node-apps-toolkit, createSignature). */
function canonicalRequest({ method, path, headers, body }: WebhookRequest) {
  const names = headers[SIGNED_HEADERS]?.split(',').map((name) => name.trim()) ?? [];
  // Else a request that was overheard could be sent again under another time.
  if (!names.includes('x-contentful-timestamp')) return undefined;
  return [`${method}\n${path}\n${headerLines(names, headers)}\n`, body];
}

function headerLines(names: readonly string[], headers: Headers): string {
  return [...new Set(names)]
    .toSorted()
    .flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [`${name}:${value.trim()}`];
    })
    .join(';');
}
