// @ts-nocheck
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { readDelivery } from '../../examples/shopify/delivery.ts';
import { toChanges } from '../../examples/shopify/to-changes.ts';
import type { LocalSystem } from '../../local/system.ts';
import { readJson } from '../helpers/json-file.ts';
import { process as deliver, startTestSystem } from '../helpers/local-run.ts';

const fixture = (name: string) =>
  z
    .object({
      detail: z.object({
        metadata: z.record(z.string(), z.string()),
        payload: z.record(z.string(), z.unknown()),
      }),
    })
    .loose()
    .parse(readJson(new URL(`../../examples/shopify/fixtures/${name}`, import.meta.url)));

const update = fixture('products-update.json');
const WIDE = 'eaedbfbc-aee8-408f-9a80-43bda4e94de7';
const SECOND = '5a3c1e00-0000-4000-8000-000000000002';

/** The changes of the fixture with other parts of its product, or other headers. */
function changesOf(
  payload: object = {},
  metadata: Record<string, string> = update.detail.metadata,
) {
  const detail = { metadata, payload: { ...update.detail.payload, ...payload } };
  const { product, facts } = readDelivery({ ...update, detail });
  return toChanges(product, facts);
}

describe('a product', () => {
  test('becomes one change of its images with guids, with Shopify’s own time and id', () => {
    expect(changesOf()).toEqual([
      {
        id: '98880550-7158-44d4-b7cd-2c97c8a091b5',
        time: '2024-04-22T19:30:00.123456789Z',
        images: [
          {
            guid: WIDE,
            title: 'Fjord, wide',
            description: 'A fjord in the first light,\nprinted on "cotton". More',
          },
          {
            guid: SECOND,
            title: 'Fjord at dawn',
            description: 'A fjord in the first light,\nprinted on "cotton". More',
          },
        ],
      },
    ]);
  });

  test('without guids makes no change, nor does a metafield of another namespace', () => {
    expect(changesOf({ metafields: [] })).toEqual([]);
    expect(changesOf({ metafields: undefined })).toEqual([]);
    const foreign = { namespace: 'custom', key: 'image_guid', value: WIDE };
    expect(changesOf({ metafields: [foreign] })).toEqual([]);
  });

  test('of one image may name its guid alone; of several it may not', () => {
    const metafields = [{ namespace: 'finerworks', key: 'image_guid', value: WIDE }];
    const images = [{ id: 7, alt: 'Alone' }];
    expect(changesOf({ metafields, images })).toMatchObject([
      { images: [{ guid: WIDE, title: 'Alone' }] },
    ]);
    expect(changesOf({ metafields })).toEqual([]);
  });

  test('without a text clears no description', () => {
    for (const body_html of [null, '', '<p> </p>']) {
      const [change] = changesOf({ body_html });
      expect(JSON.stringify(change)).not.toContain('description');
    }
  });
});

test('headers are read whatever their case, and with or without X-', () => {
  const metadata = { 'x-shopify-triggered-at': 'T', 'Shopify-Webhook-Id': 'W' };
  expect(changesOf({}, metadata)).toMatchObject([{ time: 'T', id: 'W' }]);
});

test('a delivery that was too large for EventBridge fails, and says so', () => {
  expect(() => readDelivery(fixture('oversized.json'))).toThrow(
    'TooLargeForEventBridge: product 7880321196 has only its id',
  );
  expect(() => readDelivery({ detail: {} })).toThrow('NotADelivery');
});

describe('the mapper', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startTestSystem();
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
  });

  test('takes the delivery to FinerWorks, and nothing of a product without guids', async () => {
    Object.assign(process.env, system.environment, { QUEUE_URL: system.queues.queueUrl });
    const { handler } = await import('../../examples/shopify/handler.ts');
    system.standIn.images.add([WIDE, SECOND]);
    await handler(update);
    const bare = { ...update.detail.payload, metafields: [] };
    await handler({ ...update, detail: { ...update.detail, payload: bare } });
    expect(await system.queues.depth()).toBe(1);
    await deliver(system, [{ guid: WIDE, title: 'older', time: '2020-01-01T00:00:00Z' }]);
    expect(system.standIn.images.get(WIDE)?.title).toBe('Fjord, wide');
    expect(system.standIn.images.get(SECOND)?.title).toBe('Fjord at dawn');
  });

  test('fails where the queue does not take the change, so that it is tried again', async () => {
    const { handler } = await import('../../examples/shopify/handler.ts');
    const guids = JSON.stringify({ 1001: 'no guid' });
    const metafields = [{ namespace: 'finerworks', key: 'image_guids', value: guids }];
    const payload = { ...update.detail.payload, metafields };
    const broken = { ...update, detail: { ...update.detail, payload } };
    await expect(handler(broken)).rejects.toThrow('not a UUID');
  });
});
