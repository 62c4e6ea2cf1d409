import { describe, expect, test } from '@jest/globals';
import { MAX_BATCH_BYTES } from '../../lambda/queue/batch-requests.ts';
import { bytesOf } from '../../lambda/settlement/dead-letter.ts';
import { Failure } from '../../lambda/settlement/failure.ts';
import { letterOf, messageOf } from '../../webhooks/letter.ts';
import { Letter } from '../../webhooks/letter-body.ts';
import { signedRequest } from '../helpers/webhooks.ts';

const CONTEXT = { source: 'shopify', requestId: 'request-1', now: 1_713_814_200_000 } as const;
const FAULT = { reason: 'InvalidEvent', detail: 'guid: "x" is not a UUID' } as const;

describe('a letter', () => {
  test('holds the delivery without its signature, and the reason as dead letters have it', () => {
    const request = signedRequest('shopify', { id: 'w-1' });
    const { MessageBody, MessageAttributes } = messageOf(
      letterOf(request, CONTEXT),
      FAULT,
      CONTEXT,
    );
    expect(Letter.parse(JSON.parse(MessageBody))).toEqual({
      id: 'w-1',
      source: 'shopify',
      headers: { 'x-shopify-topic': 'products/update', 'x-shopify-webhook-id': 'w-1' },
      body: request.body.toString('utf8'),
    });
    const failure = Failure.parse(JSON.parse(MessageAttributes.failure?.StringValue ?? ''));
    expect(failure).toMatchObject({ ...FAULT, requestId: 'request-1', origin: { id: 'w-1' } });
  });

  test('of a sender that names no delivery is named by the request', () => {
    expect(letterOf(signedRequest('akeneo'), { ...CONTEXT, source: 'akeneo' }).id).toBe(
      'request-1',
    );
  });

  test('has no body that is not UTF-8: as text it would be another one', () => {
    const body = Buffer.from('{"title":"Caf\u00e9"}', 'latin1');
    expect(letterOf(signedRequest('shopify', { body }), CONTEXT).body).toBeNull();
  });

  test.each([900_000, 1_048_576])(
    'of %i bytes fits the queue, without its body where it must',
    (size) => {
      const request = signedRequest('shopify', { body: Buffer.alloc(size, '"') });
      const message = messageOf(letterOf(request, CONTEXT), FAULT, CONTEXT);
      expect(bytesOf(message)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
      expect(Letter.parse(JSON.parse(message.MessageBody)).body).toBeNull();
    },
  );
});
