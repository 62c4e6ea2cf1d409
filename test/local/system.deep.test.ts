import { describe, expect, test } from '@jest/globals';
import { process, startTestSystem, updatesOf } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { titles } from '../helpers/titles.ts';

describe('the whole system with many events', () => {
  test('makes 20 calls of 1,000 events on 1,000 images', async () => {
    await using system = await startTestSystem({ batchSize: 1_000, batchingWindowSeconds: 5 });
    system.standIn.images.acceptAll = true;
    await process(system, titles(1_000, 1_000));
    expect(updatesOf(system)).toHaveLength(20);
    expect(system.standIn.images.get(guid(999))?.title).toBe('title 999');
  });

  test('with the default batch leaves at most one call an invocation and account unfilled', async () => {
    await using system = await startTestSystem();
    system.standIn.images.acceptAll = true;
    await process(system, titles(730, 730));
    const sizes = updatesOf(system).map(({ body }) => JSON.parse(body).images.length);
    const invocations = Math.ceil(730 / 500);
    expect(sizes.filter((size) => size < 50).length).toBeLessThanOrEqual(invocations);
  });
});
