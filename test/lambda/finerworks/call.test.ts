import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitsOneCall, maxBytesOf, sizeOf, toBody } from '../../../lambda/finerworks/call.ts';
import { callOf, update } from '../../helpers/delivery.ts';

const title = fc.string({ unit: 'binary', maxLength: 30 });

/** A call of two images, each with a title of 1,000 characters. */
const CALL = { account: null, updates: [1, 2].map((n) => update(n, { title: 'é'.repeat(1_000) })) };
const BYTES = Buffer.byteLength(toBody(CALL));

test('the size of an image is what it adds to a body', () => {
  fc.assert(
    fc.property(title, title, (first, second) => {
      const updates = [update(1, { title: first }), update(2, { title: second })];
      const added =
        Buffer.byteLength(toBody({ account: null, updates })) -
        Buffer.byteLength(toBody({ account: null, updates: updates.slice(0, 1) }));
      expect(updates.slice(1).map(sizeOf)).toEqual([added]);
    }),
    { numRuns: 50 },
  );
});

test('the size of an image is never more than its bound', () => {
  const parts = fc.record({ title, description: title });
  fc.assert(
    fc.property(parts, (texts) => {
      const one = update(1, texts);
      expect(sizeOf(one)).toBeLessThanOrEqual(maxBytesOf(one));
    }),
    { numRuns: 50 },
  );
});

test('as many images as the limit fit one call, and no more', () => {
  const limits = { maxImagesPerCall: 3, maxBytesPerCall: 1_000_000 };
  expect([3, 4].map((count) => fitsOneCall(callOf(count), limits))).toEqual([true, false]);
});

test('as many bytes as the limit fit one call, and no more', () => {
  const fits = (maxBytesPerCall: number) =>
    fitsOneCall(CALL, { maxImagesPerCall: 50, maxBytesPerCall });
  expect([BYTES - 1, BYTES, 100 * BYTES].map(fits)).toEqual([false, true, true]);
});

test('a lone image fits, as large as it is', () => {
  const lone = { ...CALL, updates: CALL.updates.slice(0, 1) };
  expect(fitsOneCall(lone, { maxImagesPerCall: 50, maxBytesPerCall: 100 })).toBe(true);
});
