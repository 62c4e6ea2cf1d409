import { randomBytes, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { TrailEntry } from '../../../lambda/trail/trail-entry.ts';
import { hourOf, trailItems } from '../../../lambda/trail/trail-items.ts';

const AT = Date.parse('2026-11-26T13:04:05.678Z');
const INVOCATION = { requestId: 'request', at: AT, trailDays: 30 };

function entry(guids: readonly string[], detail = ''): TrailEntry {
  return {
    ...{ messageId: randomUUID(), sentAt: AT, receives: 1 },
    ...{ images: guids.length, guids: [...guids], verdict: 'applied', detail },
  };
}

test('a batch is one item, in the partition of its hour, which expires after the days that it is kept', () => {
  const entries = Array.from({ length: 500 }, () => entry([randomUUID()]));
  const [item, ...others] = trailItems(entries, INVOCATION);
  expect(others).toEqual([]);
  expect(item).toMatchObject({
    ...{ hour: '2026-11-26T13', place: '2026-11-26T13:04:05.678Z#request#0' },
    ...{ version: 1, at: AT, requestId: 'request' },
    expiresAt: Date.parse('2026-12-26T13:04:06Z') / 1_000,
  });
  expect(JSON.parse(gunzipSync(item?.entries ?? '').toString())).toEqual(entries);
});

test('no item is larger than DynamoDB takes, even where nothing can be compressed', () => {
  const large = entry(Array.from({ length: 9_000 }, () => randomUUID()));
  const many = Array.from({ length: 4_000 }, () => entry([], randomBytes(150).toString('base64')));
  const items = trailItems([large, ...many, large], INVOCATION);
  expect(items.length).toBeGreaterThan(1);
  expect(Math.max(...items.map(({ entries }) => entries.byteLength))).toBeLessThan(390_000);
  expect(new Set(items.map(({ place }) => place)).size).toBe(items.length);
  const read = items.flatMap(({ entries }) => JSON.parse(gunzipSync(entries).toString()));
  expect(read).toEqual([large, ...many, large]);
});

test('without entries there is no item', () => {
  expect(trailItems([], INVOCATION)).toEqual([]);
});

test('the hour is of UTC', () => {
  expect(hourOf(Date.parse('2026-11-26T23:59:59.999+02:00'))).toBe('2026-11-26T21');
});
