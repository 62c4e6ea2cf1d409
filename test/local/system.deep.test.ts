import { describe, expect, test } from '@jest/globals';
import { deadLettersOf, process, startTestSystem, until, updatesOf } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import { titles } from '../helpers/titles.ts';

describe('the whole system with many events', () => {
  test('makes 2 calls of 1,000 events on 100 images, and the newest values are stored', async () => {
    await using system = await startTestSystem({ batchSize: 1_000, batchingWindowSeconds: 5 });
    system.standIn.images.acceptAll = true;
    await process(system, titles(1_000, 100).toReversed());
    expect(updatesOf(system)).toHaveLength(2);
    for (let n = 0; n < 100; n += 1) {
      expect(system.standIn.images.get(guid(n))?.title).toBe(`title ${900 + n}`);
    }
  });

  test('has as many updates under way as are set, of as many accounts', async () => {
    await using system = await startTestSystem({ functionSettings: { callsAtOnce: 3 } });
    const { standIn } = system;
    standIn.images.acceptAll = true;
    const waiting: (() => void)[] = [];
    let most = 0;
    standIn.intercept = (request, _response, proceed) => {
      if (request.method !== 'PUT') return proceed();
      waiting.push(proceed);
      most = Math.max(most, waiting.length);
      // Nothing is answered before three of them wait: with fewer at once this would never end.
      if (waiting.length === 3) for (const answer of waiting.splice(0)) answer();
    };
    const events = Array.from({ length: 6 }, (_, n) => ({
      guid: guid(n),
      title: `title ${n}`,
      account_key: `account-${n}`,
    }));
    await process(system, events);
    expect(most).toBe(3);
    expect(updatesOf(system)).toHaveLength(6);
  });

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

describe('the ledger', () => {
  test('outlives invocations: an old event that comes later, and a repeated one, cause no call', async () => {
    await using system = await startTestSystem({ batchSize: 1, batchingWindowSeconds: 0 });
    system.standIn.images.acceptAll = true;
    const at = (time: string, title: string) => ({ guid: guid(1), title, time });
    await process(system, [at('2024-11-23T10:00:00Z', 'new')]);
    const later = [at('2024-11-23T09:00:00Z', 'old'), at('2024-11-23T10:30:00Z', 'new')];
    for (const body of later) {
      await system.queues.send([JSON.stringify(body)]);
      await until(async () => (await system.queues.depth()) === 0);
    }
    expect(system.standIn.images.get(guid(1))?.title).toBe('new');
    expect(updatesOf(system)).toHaveLength(1);
    await until(() => system.tally.superseded === 1 && system.tally.unchanged === 1);
  });
});

describe('virtual inventory products', () => {
  test('stay: the event is dead-lettered with their SKUs, unless it allows the removal', async () => {
    await using system = await startTestSystem();
    const inventory = { library: 'inventory', products: ['SKU-1', 'SKU-2'] } as const;
    system.standIn.images.add([guid(1), guid(2)], inventory);
    await process(system, [
      { guid: guid(1), title: 'protected' },
      { guid: guid(2), title: 'given up', removeVirtualInventory: true },
    ]);
    const [dead] = await deadLettersOf(system);
    expect(dead?.failure).toMatchObject({ reason: 'WouldRemoveInventory', guids: [guid(1)] });
    expect(dead?.failure.detail).toContain('SKU-1, SKU-2');
    expect(system.standIn.images.get(guid(1))).toMatchObject({ title: '', ...inventory });
    expect(system.standIn.images.get(guid(2))).toMatchObject({ title: 'given up', products: [] });
  });
});

describe('the keys', () => {
  test('are read anew when they were rotated in mid-flight: one failed call, one read, no dead letter', async () => {
    await using system = await startTestSystem();
    system.standIn.images.acceptAll = true;
    await process(system, titles(10, 10));
    const reads = system.secrets.reads();
    const rotated = { web_api_key: 'rotated-web', app_key: 'rotated-app' };
    system.standIn.keys = rotated;
    system.secrets.put('finerworks/keys', JSON.stringify(rotated));
    const calls = system.standIn.requests.length;
    await system.queues.send([JSON.stringify({ guid: guid(1), title: 'after' })]);
    await until(async () => (await system.queues.depth()) === 0);
    expect(system.standIn.images.get(guid(1))?.title).toBe('after');
    // The look that was refused, the look, and the update.
    expect(system.standIn.requests.length - calls).toBe(3);
    expect(system.secrets.reads() - reads).toBeLessThanOrEqual(1);
    expect(await system.queues.deadLetters()).toEqual([]);
  });

  test('serve on across their expiry while Secrets Manager is down', async () => {
    await using system = await startTestSystem({ functionSettings: { keysCacheSeconds: 1 } });
    system.standIn.images.acceptAll = true;
    await process(system, titles(1, 1));
    system.secrets.setDown(true);
    await new Promise((done) => setTimeout(done, 1_500));
    for (const title of ['while down', 'still down']) {
      await system.queues.send([JSON.stringify({ guid: guid(5), title })]);
      await until(async () => (await system.queues.depth()) === 0);
      expect(system.standIn.images.get(guid(5))?.title).toBe(title);
    }
    expect(system.tally.returns).toBe(0);
  });
});
