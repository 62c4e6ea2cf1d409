import { timingSafeEqual } from 'node:crypto';
import type { Headers, WebhookRequest } from '../request.ts';
import type { Signer } from './signer.ts';

/** How a vendor signs: a row of the table in `schemes.ts`. */
export interface SignatureScheme {
  /** The headers that may hold the signature, in lower case. */
  readonly headers: readonly [string, ...string[]];
  readonly encoding: 'base64' | 'hex';
  /** What is signed, one part after another; undefined where the request lacks some of it. */
  readonly signed: (request: WebhookRequest) => readonly (string | Uint8Array)[] | undefined;
  /** @param length of the signature that was given, in bytes: some vendors sign in two ways */
  readonly digest: (
    secret: string,
    parts: readonly (string | Uint8Array)[],
    length: number | undefined,
  ) => Buffer;
  /** Where the signature covers the time of the request. */
  readonly timestamp?: {
    readonly header: string;
    readonly unit: 'seconds' | 'milliseconds';
    /** How far it may be from now. */
    readonly toleranceSeconds: number;
  };
  /** Further headers that a sender adds before it signs. */
  readonly announced?: (headers: Headers) => Headers;
}

/** Signs and checks by a scheme. Signatures are compared in constant time, so that none can be guessed byte by byte. */
export function signerOf(scheme: SignatureScheme): Signer {
  const { headers, encoding, signed, digest, timestamp, announced } = scheme;
  return {
    // Blanks at its ends are of the file that it was copied from.
    takes: (secret) => secret !== '' && secret.trim() === secret,
    isSigned: (request, secrets, now) => {
      const parts = signed(request);
      if (parts === undefined || !isNear(scheme, request.headers, now)) return false;
      return headers.some((name) => {
        const given = Buffer.from(request.headers[name] ?? '', encoding);
        return secrets.some((secret) => {
          const expected = digest(secret, parts, given.byteLength);
          return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
        });
      });
    },
    sign: (request, secret, now) => {
      const added: Record<string, string | undefined> = {};
      if (timestamp !== undefined) {
        added[timestamp.header] = String(Math.floor(now / MILLISECONDS[timestamp.unit]));
      }
      Object.assign(added, announced?.({ ...request.headers, ...added }));
      const parts = signed({ ...request, headers: { ...request.headers, ...added } }) ?? [];
      return { ...added, [headers[0]]: digest(secret, parts, undefined).toString(encoding) };
    },
  };
}

const MILLISECONDS = { seconds: 1_000, milliseconds: 1 } as const;

function isNear({ timestamp }: SignatureScheme, headers: Headers, now: number): boolean {
  if (timestamp === undefined) return true;
  const text = headers[timestamp.header] ?? '';
  if (!/^\d{1,15}$/.test(text)) return false;
  const time = Number(text) * MILLISECONDS[timestamp.unit];
  return Math.abs(now - time) <= timestamp.toleranceSeconds * 1_000;
}
