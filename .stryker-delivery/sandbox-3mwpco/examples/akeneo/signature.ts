// @ts-nocheck
import { createHmac, timingSafeEqual } from 'node:crypto';

/** While a secret is rotated, the Event Platform signs with both (api.akeneo.com: concepts, HMAC). */
const HEADERS = ['x-akeneo-signature-primary', 'x-akeneo-signature-secondary'];

/**
 * Whether a request comes from the PIM: the hex HMAC-SHA256 of the raw body under our secret stands in
 * one of the two headers. Compared in constant time, so that nobody can guess it byte by byte.
 *
 * A request that is sent once more says nothing new: it bears the event's own id and time, by which
 * the queue's function knows it as old.
 *
 * @param headers names in lower case, as function URLs deliver them
 */
export function isSigned(
  body: Uint8Array,
  headers: Readonly<Record<string, string | undefined>>,
  secret: string,
): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  return HEADERS.some((name) => {
    const given = Buffer.from(headers[name] ?? '', 'hex');
    return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
  });
}
