import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { batch } from '../../../lambda/delivery/batch.ts';
import { type Call, maxBytesOf, sizeOf, toBody } from '../../../lambda/finerworks/call.ts';
import { chunk } from '../../../lambda/general/chunk.ts';
import type { Update } from '../../../lambda/images/change.ts';
import { update } from '../../helpers/delivery.ts';

const limits = { maxImagesPerCall: 50, maxBytesPerCall: 1_000_000 };
const groupOf = (updates: readonly Update[]) => ({ lane: null, updates });
const callsOf = (all: readonly Update[], given = limits) =>
  Array.fromAsync(batch([groupOf(all)], given));
const updates = (count: number, account: string | null = null) =>
  Array.from({ length: count }, (_, n) => update(n, { account }));

describe('calls', () => {
  test('hold at most 50 images, and as few are made as that allows', async () => {
    expect((await callsOf(updates(101))).map((call) => call.updates.length)).toEqual([50, 50, 1]);
  });

  test('are of one account each', async () => {
    const mixed = [...updates(3), ...updates(2, 'a'), ...updates(1, 'b')];
    expect((await callsOf(mixed)).map((call) => [call.account, call.updates.length])).toEqual([
      [null, 3],
      ['a', 2],
      ['b', 1],
    ]);
  });

  test('stay within the bytes of a body, whatever alphabet the texts are in', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 1_024, max: 3_000 }),
        async (titles, maxBytesPerCall) => {
          const all = titles.map((title, n) => update(n, { title, account: 'än account' }));
          const calls = await callsOf(all, { maxImagesPerCall: 50, maxBytesPerCall });
          for (const call of calls) {
            const bytes = Buffer.byteLength(toBody(call));
            expect(bytes <= maxBytesPerCall || call.updates.length === 1).toBe(true);
          }
          expect(calls.flatMap((call) => call.updates)).toEqual(all);
        },
      ),
    );
  });

  test('are measured as they are sent, with what is sent along', async () => {
    const standing = { description: 'x'.repeat(600) };
    const complete = (one: Update) => ({ ...one, standing });
    const all = updates(3);
    const tight = { maxImagesPerCall: 50, maxBytesPerCall: 1_500 };
    const calls = await Array.fromAsync(batch([groupOf(all)], tight, undefined, complete));
    expect(calls.map((call) => call.updates.length)).toEqual([2, 1]);
    expect(calls.flatMap((call) => call.updates)).toEqual(all);
    const [bytes] = calls.map((call) =>
      Buffer.byteLength(toBody({ ...call, updates: call.updates.map(complete) })),
    );
    expect(bytes).toBeLessThanOrEqual(1_500);
  });

  test('are measured where only some of their images are small', async () => {
    const all = [update(1), update(2, { title: 'x'.repeat(1_000) })];
    const calls = await callsOf(all, { maxImagesPerCall: 2, maxBytesPerCall: 1_100 });
    expect(calls).toHaveLength(2);
  });

  test('take just as many bytes as are allowed', async () => {
    const all = [update(1), update(2)];
    const size = Buffer.byteLength(toBody({ account: null, updates: all }));
    // One byte is counted for a comma after the last image too.
    const calls = (maxBytesPerCall: number) =>
      callsOf(all, { maxImagesPerCall: 50, maxBytesPerCall });
    expect(await calls(size + 1)).toHaveLength(1);
    expect(await calls(size)).toHaveLength(2);
  });

  test('are as few when updates come some at a time, and a full one waits for nothing', async () => {
    const groups = fc.array(fc.array(fc.constantFrom(null, 'a', 'b'), { maxLength: 9 }));
    await fc.assert(
      fc.asyncProperty(groups, async (accounts) => {
        const all = accounts.map((group, at) =>
          group.map((account, n) => update(at * 10 + n, { account })),
        );
        const few = { maxImagesPerCall: 4, maxBytesPerCall: 1_000_000 };
        const asTheyCome = await Array.fromAsync(batch(all.map(groupOf), few));
        const sizes = (calls: readonly Call[]) =>
          calls.map((call) => `${call.account} ${call.updates.length}`).toSorted();
        expect(sizes(asTheyCome)).toEqual(sizes(await callsOf(all.flat(), few)));
        expect(new Set(asTheyCome.flatMap((call) => call.updates))).toEqual(new Set(all.flat()));
      }),
    );
    const source = (async function* () {
      yield groupOf(updates(50));
      throw new Error('asked for more than the call needs');
    })();
    expect((await batch(source, limits).next()).value.updates).toHaveLength(50);
  });

  test('are the same ones whether images are small enough not to be measured or not', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 100, max: 4_000 }),
        async (titles, maxBytesPerCall) => {
          const all = titles.map((title, n) => update(n, { title, description: undefined }));
          for (const one of all) expect(sizeOf(one)).toBeLessThanOrEqual(maxBytesOf(one));
          const emptyBytes = Buffer.byteLength(toBody({ account: null, updates: [] }));
          const measured = chunk(all, {
            maxItems: 5,
            maxBytes: maxBytesPerCall - emptyBytes,
            sizeOf,
          });
          const calls = await callsOf(all, { maxImagesPerCall: 5, maxBytesPerCall });
          expect(calls.map((call) => call.updates)).toEqual(measured);
        },
      ),
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
      const groups = chunk(sizes, { maxItems, maxBytes: 20, sizeOf: (size) => size });
      expect(groups.flat()).toEqual(sizes);
      for (const group of groups) {
        expect(group.length).toBeLessThanOrEqual(maxItems);
        const bytes = group.reduce((sum, size) => sum + size, 0);
        expect(bytes <= 20 || group.length === 1).toBe(true);
      }
    }),
  );
});
