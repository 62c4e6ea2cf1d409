import { describe, expect, test } from '@jest/globals';
import type { WebhookRequest } from '../../../webhooks/request.ts';
import { signerOf } from '../../../webhooks/signatures/scheme.ts';
import { SCHEMES } from '../../../webhooks/signatures/schemes.ts';
import { STANDARD_WEBHOOKS_SIGNER } from '../../../webhooks/signatures/standard-webhooks.ts';

const requestOf = (body: string, headers: WebhookRequest['headers']): WebhookRequest => ({
  ...{ method: 'POST', path: '/', headers },
  body: Buffer.from(body),
});

describe('what vendors, or their own libraries, have signed', () => {
  test('a body whose signature @shopify/shopify-api 15.0.0 calls valid', () => {
    const request = requestOf('{"id":788032119674292922,"title":"Example T-Shirt"}', {
      'x-shopify-hmac-sha256': 'PChQV/s9qVvLuYZx4s3CvtPkNn5M2k1OrvTkc0qHHSM=',
    });
    expect(signerOf(SCHEMES.shopify).isSigned(request, ['hush'], 0)).toBe(true);
  });

  test.each([
    ['woocommerce', 'x-wc-webhook-signature', 'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM='],
    [
      'akeneo',
      'x-akeneo-signature-primary',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'akeneo',
      'x-akeneo-signature-secondary',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
  ] as const)(
    'of %s, which publishes none: HMAC-SHA256 of the body (RFC 4231, case 2), in %s',
    (name, header, signature) => {
      const request = requestOf('what do ya want for nothing?', { [header]: signature });
      expect(signerOf(SCHEMES[name]).isSigned(request, ['Jefe'], 0)).toBe(true);
    },
  );

  test('Standard Webhooks’ own vector (standard-webhooks/libraries, tests of the libraries)', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const request = requestOf('{"test": 2432232314}', {});
    const now = 1_614_265_330_000;
    expect(
      STANDARD_WEBHOOKS_SIGNER.sign(request, secret, now, 'msg_p5jXN8AQM9LWM0D4loKWxJek'),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('a request that @contentful/node-apps-toolkit 3.16.1 has signed', () => {
    const secret = 'Xp4tZ8nQ2vLs6RkW0yBdGh1jMcFa9eUiTo3xNzVb7KwHqYrPm5SgEuJtDlCf2Ok8';
    const now = 1_713_814_200_123;
    const body = '{"sys":{"id":"1","type":"Entry"},"fields":{"title":{"en-US":"Fjord – dawn"}}}';
    const request = requestOf(body, {
      'x-contentful-topic': 'ContentManagement.Entry.publish',
      'content-type': 'application/vnd.contentful.management.v1+json',
      'x-contentful-signature': 'b3269a67ff7a08b59427628423b29cad431fab8cdf825be257c0b532c0f432b5',
      'x-contentful-signed-headers':
        'content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic',
      'x-contentful-timestamp': String(now),
    });
    expect(signerOf(SCHEMES.contentful).isSigned(request, [secret], now)).toBe(true);
  });

  test.each([
    ['SHA-1', '2c2c760241a52ecc5af37ef2ce5a92ec6be01598'],
    ['SHA-256', 'c16593974b8ccff49a56ee4609bf5d2c84fc1747b34fd96040a9474a57357ca3'],
  ])('a notification that cloudinary 2.11.0 has signed with %s', (_algorithm, signature) => {
    const request = requestOf('{"notification_type":"upload","public_id":"fjord"}', {
      'x-cld-timestamp': '1368881627',
      'x-cld-signature': signature,
    });
    const signer = signerOf(SCHEMES.cloudinary);
    expect(signer.isSigned(request, ['abcd1234efgh5678'], 1_368_881_627_000)).toBe(true);
  });
});
