import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explainingReader } from '../../lambda/contract/faults/explaining-reader.ts';
import { toEvent } from '../../producer/event.ts';
import type { Publisher } from '../../producer/publisher.ts';
import { ANSWERS } from '../../webhooks/answers.ts';
import { answerTo, type DoorDependencies, MAX_BODY_BYTES } from '../../webhooks/door.ts';
import type { Fault } from '../../webhooks/letter.ts';
import type { WebhookRequest } from '../../webhooks/request.ts';
import { SENDERS } from '../../webhooks/senders.ts';
import { SOURCE_NAMES, type SourceName } from '../../webhooks/sources/source-names.ts';
import { SOURCES } from '../../webhooks/sources/sources.ts';
import { runs } from '../helpers/runs.ts';
import { payloadWith, SIGNING_SECRET, signedRequest } from '../helpers/webhooks.ts';

/** A door with a queue that takes everything the contract takes, and what it was given. */
function doorOf(source: SourceName, given: Partial<DoorDependencies> = {}) {
  const published: unknown[] = [];
  const kept: Fault[] = [];
  const readEvent = explainingReader({});
  const publish: Publisher['publish'] = async (changes) =>
    [...changes].map((change) => {
      const event = toEvent(change, { source: '/', type: 't' }, '2024-01-01T00:00:00Z', readEvent);
      if (event.kind === 'invalid') return { ...event, change, status: 'invalid' };
      published.push(change);
      return { change, status: 'sent', eventId: event.id, messageId: 'm' };
    });
  const dependencies: DoorDependencies = {
    ...{ sender: SENDERS[source], source: SOURCES[source], places: SOURCES[source].places },
    secrets: async () => ({ signing: [SIGNING_SECRET], content: {} }),
    publish,
    keep: async (_request, fault) => {
      kept.push(fault);
    },
    onUnavailable: () => {},
    now: Date.now,
    ...given,
  };
  return { published, kept, answer: (request: WebhookRequest) => answerTo(request, dependencies) };
}

const unreachable = async () => {
  throw new Error('no answer');
};

describe('a door', () => {
  test('publishes what is signed and has a guid', async () => {
    const { answer, published } = doorOf('shopify');
    expect(await answer(signedRequest('shopify'))).toBe('published');
    expect(published).toHaveLength(1);
  });

  test('refuses what is not signed, before it looks at anything else', async () => {
    const { answer, published, kept } = doorOf('shopify');
    const { headers, ...request } = signedRequest('shopify', { body: Buffer.from('no JSON') });
    const { 'x-shopify-hmac-sha256': _, ...unsigned } = headers;
    expect(await answer({ ...request, headers: unsigned })).toBe('unsigned');
    expect([published, kept]).toEqual([[], []]);
  });

  test.each(['GET', 'HEAD'])(
    'answers %s, by which senders ask whether anybody is there',
    async (method) => {
      expect(await doorOf('akeneo').answer({ ...signedRequest('akeneo'), method })).toBe('ping');
    },
  );

  test('answers WooCommerce’s ping, which is not signed', async () => {
    const request = signedRequest('woocommerce', { body: Buffer.from('webhook_id=17') });
    expect(await doorOf('woocommerce').answer({ ...request, headers: {} })).toBe('ping');
    expect(await doorOf('shopify').answer({ ...request, headers: {} })).toBe('unsigned');
  });

  test('answers no other method', async () => {
    const request = { ...signedRequest('shopify'), method: 'DELETE' };
    expect(await doorOf('shopify').answer(request)).toBe('refused');
  });

  test.each([
    ['is no JSON', Buffer.from('{'), 'NotJson'],
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'NotJson'],
    ['is no object', Buffer.from('[]'), 'NotAnObject'],
    [
      'has a guid that is none',
      payloadWith('shopify', {
        metafields: [{ namespace: 'finerworks', key: 'image_guid', value: 'x' }],
      }),
      'InvalidEvent',
    ],
    ['is larger than 1 MiB', Buffer.alloc(MAX_BODY_BYTES + 1, 'a'), 'InvalidEvent'],
  ])('keeps what is signed and %s, and says 200', async (_what, body, reason) => {
    const { answer, kept } = doorOf('shopify');
    const given = await answer(signedRequest('shopify', { body }));
    expect([given, ANSWERS[given].status]).toEqual(['undelivered', 200]);
    expect(kept).toEqual([expect.objectContaining({ reason })]);
  });

  test('keeps what would be too large as an event, instead of asking for it again and again', async () => {
    const title = 'é'.repeat(520_000);
    const body = Buffer.from(JSON.stringify({ guid: crypto.randomUUID(), title }));
    const { answer, kept } = doorOf('standard-webhooks');
    expect(body.byteLength).toBeLessThan(MAX_BODY_BYTES);
    expect(await answer(signedRequest('standard-webhooks', { body, id: 'x'.repeat(9_000) }))).toBe(
      'undelivered',
    );
    expect(kept).toEqual([
      { reason: 'InvalidEvent', detail: expect.stringContaining('SQS takes') },
    ]);
  });

  test('keeps what a defect of its own stopped', async () => {
    const source = {
      ...SOURCES.shopify,
      map: () => {
        throw new RangeError('Maximum call stack size exceeded');
      },
    };
    const { answer, kept } = doorOf('shopify', { source });
    expect(await answer(signedRequest('shopify'))).toBe('undelivered');
    expect(kept).toEqual([{ reason: 'InvalidEvent', detail: 'the mapping failed: RangeError' }]);
  });

  test('asks the sender to send again where the secret, the queue or the letters can’t be reached', async () => {
    const broken = payloadWith('shopify', { title: '', body_html: '' });
    const failed: Publisher['publish'] = async (changes) =>
      [...changes].map((change) => ({ change, status: 'failed', eventId: 'e', cause: 'Timeout' }));
    const answers = [
      await doorOf('shopify', { secrets: unreachable }).answer(signedRequest('shopify')),
      await doorOf('shopify', { publish: failed }).answer(signedRequest('shopify')),
      await doorOf('shopify', { keep: unreachable }).answer(
        signedRequest('shopify', { body: broken }),
      ),
    ];
    expect(answers).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(ANSWERS.unavailable.status).toBe(503);
  });
});

describe('whatever it holds, a signed webhook is answered 200', () => {
  const bodies = fc.oneof(
    fc.json().map((json) => Buffer.from(json)),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc
      .record(
        {
          type: fc.constantFrom('com.akeneo.pim.v1.product.updated.delta', 'image.updated'),
          notification_type: fc.constantFrom('upload', 'resource_context_changed'),
          ...{ title: fc.jsonValue(), name: fc.jsonValue(), body_html: fc.jsonValue() },
          ...{ guid: fc.jsonValue(), data: fc.jsonValue(), fields: fc.jsonValue() },
          ...{ metafields: fc.jsonValue(), meta_data: fc.jsonValue(), tags: fc.jsonValue() },
          ...{ resources: fc.jsonValue(), context: fc.jsonValue(), images: fc.jsonValue() },
        },
        { requiredKeys: [] },
      )
      .map((payload) => Buffer.from(JSON.stringify(payload))),
  );

  test.each(SOURCE_NAMES)('of %s', async (source) => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { answer, kept } = doorOf(source);
        const given = await answer(signedRequest(source, { body }));
        expect([given, ANSWERS[given].status]).toEqual([given, 200]);
        expect(kept.length).toBe(given === 'undelivered' ? 1 : 0);
        expect(kept.map(({ detail }) => detail).join()).not.toMatch(/the mapping failed/);
      }),
      runs(50),
    );
  });
});

describe('whatever it holds, an unsigned webhook reaches nothing', () => {
  test.each(SOURCE_NAMES)('of %s', async (source) => {
    const text = fc.string();
    await fc.assert(
      fc.asyncProperty(text, fc.dictionary(text, text), text, async (body, headers, path) => {
        const { answer, published, kept } = doorOf(source);
        const request = { method: 'POST', path, headers, body: Buffer.from(body) };
        expect(await answer(request)).toBe('unsigned');
        expect([published, kept]).toEqual([[], []]);
      }),
    );
  });
});
