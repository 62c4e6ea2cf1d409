import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WebhookRequest } from '../../../webhooks/request.ts';
import { SENDERS } from '../../../webhooks/senders.ts';
import { SOURCE_NAMES, type SourceName } from '../../../webhooks/sources/source-names.ts';
import { SIGNING_SECRET, signedRequest } from '../../helpers/webhooks.ts';

const NOW = Date.now();
const OTHER_SECRET = 'whsec_b3RoZXItc2VjcmV0LW9mLXNvbWVib2R5';
const MINUTE = 60_000;

describe.each(SOURCE_NAMES)('%s', (source) => {
  const { signer } = SENDERS[source];
  const isSigned = (request: WebhookRequest, secrets = [SIGNING_SECRET], now = NOW) =>
    signer.isSigned(request, secrets, now);
  const signed = (body: Buffer, now = NOW) => signedRequest(source, { body, now });

  test('any body that is signed is known as such, and no other one', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const at = fc.nat();
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), bytes, at, (text, noise, place) => {
        const body = Buffer.from(text.toWellFormed());
        const request = signed(body);
        expect(isSigned(request)).toBe(true);
        const altered = Buffer.from(body);
        const index = place % altered.byteLength;
        altered[index] = (altered[index] ?? 0) ^ ((noise[0] ?? 0) % 128 || 1);
        if (altered.equals(body)) return;
        expect(isSigned({ ...request, body: altered })).toBe(false);
      }),
    );
  });

  test('either of two secrets will do, and a third will not', () => {
    const request = signed(Buffer.from('{}'));
    expect(isSigned(request, [OTHER_SECRET, SIGNING_SECRET])).toBe(true);
    expect(isSigned(request, [SIGNING_SECRET, OTHER_SECRET])).toBe(true);
    expect(isSigned(request, [OTHER_SECRET])).toBe(false);
    expect(isSigned(request, [])).toBe(false);
  });

  test('whatever else stands in the headers counts for nothing, and nothing throws', () => {
    const request = signed(Buffer.from('{}'));
    const names = fc.constantFrom(...Object.keys(request.headers));
    const garbage = fc.option(fc.string(), { nil: undefined });
    fc.assert(
      fc.property(names, garbage, (name, value) => {
        const headers = { ...request.headers, [name]: value };
        const isSame = request.headers[name] === value;
        const isOfNoMatter = ['content-type', 'x-shopify-topic', 'x-wc-webhook-topic'].includes(
          name,
        );
        const isId = /webhook-id$|delivery-id$/.test(name) && source !== 'standard-webhooks';
        // Decoders are lenient: what decodes to the same bytes is the same signature.
        const isEqual = Buffer.from(value ?? '', 'base64').equals(
          Buffer.from(request.headers[name] ?? '', 'base64'),
        );
        if (isSame || isOfNoMatter || isId || isEqual) return;
        expect(isSigned({ ...request, headers })).toBe(false);
      }),
    );
  });
});

describe('a secret', () => {
  const takes = (source: SourceName, secret: string) => SENDERS[source].signer.takes(secret);

  test.each(['shopify', 'woocommerce', 'akeneo', 'contentful', 'cloudinary'] as const)(
    'of %s is any text, but an empty one, and one with what a file has at its end',
    (source) => {
      expect(['a', 'two words', 'ü'].map((text) => takes(source, text))).toEqual([
        true,
        true,
        true,
      ]);
      expect(['', ' ', 'a\n', '\ta'].map((text) => takes(source, text))).toEqual(
        Array.from({ length: 4 }, () => false),
      );
    },
  );

  test('of Standard Webhooks is base64, with or without its prefix, and not empty', () => {
    const given = [
      SIGNING_SECRET,
      SIGNING_SECRET.replace('whsec_', ''),
      '',
      'whsec_',
      'a b',
      'whsec_ü',
    ];
    expect(given.map((text) => takes('standard-webhooks', text))).toEqual([
      ...[true, true],
      ...[false, false, false, false],
    ]);
  });
});

describe('a signature that covers the time', () => {
  test.each([
    ['contentful', 5],
    ['cloudinary', 120],
    ['standard-webhooks', 5],
  ] as const)('of %s is good for %i minutes before and after, and no longer', (source, minutes) => {
    const { signer } = SENDERS[source];
    const at = (offset: number) => {
      const now = Date.now();
      const request = signedRequest(source, { now: now + offset * MINUTE });
      return signer.isSigned(request, [SIGNING_SECRET], now);
    };
    expect([at(-minutes + 0.5), at(minutes - 0.5)]).toEqual([true, true]);
    expect([at(-minutes - 0.5), at(minutes + 0.5)]).toEqual([false, false]);
  });

  test.each(['contentful', 'cloudinary', 'standard-webhooks'] as const)(
    'of %s does not hold under another time',
    (source) => {
      const request = signedRequest(source, { now: NOW });
      const header = Object.keys(request.headers).find((name) => name.endsWith('timestamp')) ?? '';
      const later = String(Number(request.headers[header]) + 1);
      const replayed = { ...request, headers: { ...request.headers, [header]: later } };
      expect(SENDERS[source].signer.isSigned(replayed, [SIGNING_SECRET], NOW)).toBe(false);
    },
  );

  test.each(['junk', '.5', 'e1', ' '])(
    'of Standard Webhooks does not hold with %j behind the time, which the library would not read',
    (behind) => {
      const request = signedRequest('standard-webhooks', { now: NOW });
      const time = `${request.headers['webhook-timestamp']}${behind}`;
      const headers = { ...request.headers, 'webhook-timestamp': time };
      const { signer } = SENDERS['standard-webhooks'];
      expect(signer.isSigned({ ...request, headers }, [SIGNING_SECRET], NOW)).toBe(false);
    },
  );

  test('of Contentful must name the time among what it covers', () => {
    const { signer } = SENDERS.contentful;
    const { headers, ...request } = signedRequest('contentful', { now: NOW });
    const named = headers['x-contentful-signed-headers'] ?? '';
    const without = named.replace(',x-contentful-timestamp', '');
    const given = { ...headers, 'x-contentful-signed-headers': without };
    expect(without).not.toBe(named);
    expect(signer.isSigned({ ...request, headers: given }, [SIGNING_SECRET], NOW)).toBe(false);
  });
});
