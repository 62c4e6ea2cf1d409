import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { batch } from '../../../lambda/finerworks/batch.ts';
import { mostBytesOf, sizeOf, toBody } from '../../../lambda/finerworks/call.ts';
import { pack } from '../../../lambda/pack.ts';
import { update } from '../../helpers/delivery.ts';

const limits = { maxImagesPerCall: 50, maxBytesPerCall: 1_000_000 };
const updates = (count: number, account: string | null = null) =>
  Array.from({ length: count }, (_, n) => update(n, { account }));

describe('calls', () => {
  test('hold at most 50 images, and as few are made as that allows', () => {
    expect(batch(updates(101), limits).map((call) => call.updates.length)).toEqual([50, 50, 1]);
  });

  test('are of one account each', () => {
    const mixed = [...updates(3), ...updates(2, 'a'), ...updates(1, 'b')];
    expect(batch(mixed, limits).map((call) => [call.account, call.updates.length])).toEqual([
      [null, 3],
      ['a', 2],
      ['b', 1],
    ]);
  });

  test('stay within the bytes of a body, whatever alphabet the texts are in', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1_024, max: 3_000 }), (titles, maxBytesPerCall) => {
        const all = titles.map((title, n) => update(n, { title, account: 'än account' }));
        const calls = batch(all, { maxImagesPerCall: 50, maxBytesPerCall });
        for (const call of calls) {
          const bytes = Buffer.byteLength(toBody(call));
          expect(bytes <= maxBytesPerCall || call.updates.length === 1).toBe(true);
        }
        expect(calls.flatMap((call) => call.updates)).toEqual(all);
      }),
    );
  });

  test('take just as many bytes as are allowed', () => {
    const all = [update(1), update(2)];
    const size = Buffer.byteLength(toBody({ account: null, updates: all }));
    // One byte is counted for a comma after the last image too.
    const calls = (maxBytesPerCall: number) =>
      batch(all, { maxImagesPerCall: 50, maxBytesPerCall });
    expect(calls(size + 1)).toHaveLength(1);
    expect(calls(size)).toHaveLength(2);
  });

  test('are the same ones whether images are small enough not to be measured or not', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 100, max: 4_000 }), (titles, maxBytesPerCall) => {
        const all = titles.map((title, n) => update(n, { title, description: undefined }));
        for (const one of all) expect(sizeOf(one)).toBeLessThanOrEqual(mostBytesOf(one));
        const emptyBytes = Buffer.byteLength(toBody({ account: null, updates: [] }));
        const measured = pack(all, { maxItems: 5, maxBytes: maxBytesPerCall - emptyBytes, sizeOf });
        const calls = batch(all, { maxImagesPerCall: 5, maxBytesPerCall });
        expect(calls.map((call) => call.updates)).toEqual(measured);
      }),
    );
  });

  test('carry only the fields that were supplied, and never null for a text', () => {
    const call = { account: null, updates: [update(1, { description: undefined })] };
    expect(JSON.parse(toBody(call))).toEqual({
      images: [{ guid: update(1).guid, title: 'Title 1' }],
      account_key: null,
    });
  });
});

test('packing keeps the order, loses nothing and gives what is too large a group of its own', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), fc.integer({ min: 1, max: 5 }), (sizes, maxItems) => {
      const groups = pack(sizes, { maxItems, maxBytes: 20, sizeOf: (size) => size });
      expect(groups.flat()).toEqual(sizes);
      for (const group of groups) {
        expect(group.length).toBeLessThanOrEqual(maxItems);
        const bytes = group.reduce((sum, size) => sum + size, 0);
        expect(bytes <= 20 || group.length === 1).toBe(true);
      }
    }),
  );
});
