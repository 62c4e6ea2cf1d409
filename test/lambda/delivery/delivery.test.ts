import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { SandboxMemory } from '../../../lambda/lanes/sandbox-memory.ts';
import { answer, listOf, refusal, success, timeout } from '../../helpers/answers.ts';
import {
  callsOf,
  change,
  changesOf,
  type Delivered,
  type DeliveryParts,
  delivered,
  newMemory,
  reasonOf,
} from '../../helpers/delivery.ts';
import { guid, numberOf } from '../../helpers/records.ts';
import { exceptFor } from '../../helpers/refusals.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const protecting = { limits: { virtualInventory: 'protect' } } as const;

/** The account of each call. */
const accountsOf = ({ calls }: Delivered) => calls.map(({ account }) => account);

/** Images of one account, from one number on. */
const ofAccount = (account: string, from: number, count: number) =>
  Array.from({ length: count }, (_, at) => change(from + at, { account }));

/** A sandbox that knows something, so many seconds ago. */
function sandbox(secondsAgo: number, known: (memory: SandboxMemory, now: number) => void) {
  const time = virtualTime();
  const memory = newMemory(time);
  known(memory, time.now());
  time.advance(secondsAgo * 1_000);
  return { time, memory };
}

describe('lanes', () => {
  test('follow one another: an account’s update comes soon after its preflight', async () => {
    const order: string[] = [];
    const note = (deed: string, result: Answer) => {
      order.push(deed);
      return result;
    };
    const accounts = Array.from('abcdefghij');
    const changes = accounts.flatMap((account, at) => ofAccount(account, at * 10, 1));
    await delivered(changes, {
      answers: ({ account }) => note(`update ${account}`, success()),
      lists: ({ account }) => note(`list ${account}`, listOf([])),
      ...protecting,
    });
    const steps = (deed: string) => order.filter((step) => step.startsWith(deed));
    expect(steps('update')).toEqual(accounts.map((account) => `update ${account}`));
    expect(steps('list')).toEqual(accounts.map((account) => `list ${account}`));
    // A few preflights are made beside each update.
    for (const [at, account] of accounts.entries()) {
      const before = order.slice(0, order.indexOf(`update ${account}`));
      const listed = before.filter((step) => step.startsWith('list')).length;
      expect(listed).toBeGreaterThan(at);
      expect(listed).toBeLessThanOrEqual(at + 5);
    }
  });

  test('of several accounts come last', async () => {
    const shared = [
      change(1, { account: 'a' }),
      change(1, { account: 'b', description: 'd', title: undefined }),
    ];
    const delivery = await delivered(
      [...shared, ...ofAccount('a', 2, 1), ...ofAccount('b', 3, 1)],
      {
        answers: () => success(),
      },
    );
    expect(callsOf(delivery)).toEqual([[2], [3], [1], [1]]);
    expect(accountsOf(delivery)).toEqual(['a', 'b', 'a', 'b']);
  });

  test('whose circuit is open make no call, and come back when it is half-open', async () => {
    const delivery = await delivered([...ofAccount('bad', 1, 2), ...ofAccount('good', 3, 1)], {
      ...sandbox(10, (memory, now) => {
        memory.healthOf('bad').lastFailure = 'the last call ended with Timeout';
        memory.healthOf('bad').circuit.open('update', now);
      }),
      answers: () => success(),
    });
    expect(accountsOf(delivery)).toEqual(['good']);
    expect(delivery.verdicts.slice(0, 2)).toEqual(
      [1, 2].map(() => ({
        kind: 'retry',
        reason: 'Deferred',
        detail: 'not tried: the last call ended with Timeout',
        retryAfterSeconds: 20,
      })),
    );
  });

  test('are not held up by one call that hangs', async () => {
    const time = virtualTime();
    const delivery = await delivered(changesOf(21), {
      time,
      available: 100_000,
      answers: exceptFor([1], () => {
        time.advance(25_000);
        return timeout;
      }),
      limits: { maxImagesPerCall: 1 },
    });
    expect(delivery.verdicts.map(reasonOf)).toEqual([
      'Timeout',
      ...Array.from({ length: 20 }, () => undefined),
    ]);
  });
});

describe('a lane whose circuit is half-open', () => {
  const halfOpen = () =>
    sandbox(30, (memory, now) => memory.healthOf('bad').circuit.open('update', now));
  const changes = [...ofAccount('bad', 1, 5), ...ofAccount('good', 10, 2)];

  test('comes after the healthy ones, and sends one image; the others once that went well', async () => {
    const delivery = await delivered(changes, { ...halfOpen(), answers: () => success() });
    expect(accountsOf(delivery)).toEqual(['good', 'bad', 'bad']);
    expect(callsOf(delivery).map(({ length }) => length)).toEqual([2, 1, 4]);
    expect(new Set(delivery.verdicts.map((verdict) => verdict?.kind))).toEqual(
      new Set(['applied']),
    );
  });

  test('sends nothing else where that failed', async () => {
    const delivery = await delivered(changes, {
      ...halfOpen(),
      answers: ({ account }) => (account === 'bad' ? answer(500) : success()),
    });
    expect(accountsOf(delivery)).toEqual(['good', 'bad']);
    expect(delivery.verdicts.slice(0, 5).map(reasonOf).toSorted()).toEqual([
      ...['Deferred', 'Deferred', 'Deferred', 'Deferred'],
      'ServerError',
    ]);
    expect(delivery.verdicts.find((verdict) => reasonOf(verdict) === 'Deferred')).toEqual({
      kind: 'retry',
      reason: 'Deferred',
      detail: 'not tried: another image of the account is',
      retryAfterSeconds: 30,
    });
  });

  test('tries another image where the first one needs no call', async () => {
    const settled: string[] = [];
    const delivery = await delivered(ofAccount('bad', 1, 3), {
      ...halfOpen(),
      answers: () => success(),
      ledger: {
        filterStale: async (wanted, registry) => {
          if (settled.length > 0) return [...wanted];
          for (const one of wanted) {
            settled.push(one.guid);
            registry.recordChange({ ...one, changes: [one] }, one, { kind: 'superseded' });
          }
          return [];
        },
      },
    });
    expect(callsOf(delivery).map(({ length }) => length)).toEqual([1, 1]);
    expect(delivery.verdicts.map((verdict) => verdict?.kind).toSorted()).toEqual([
      ...['applied', 'applied'],
      'superseded',
    ]);
  });

  test('tries ten images at most, where none of these needs a call', async () => {
    let checked = 0;
    const delivery = await delivered(ofAccount('bad', 1, 15), {
      ...halfOpen(),
      answers: () => success(),
      ledger: {
        filterStale: async (wanted, registry) => {
          checked += wanted.length;
          for (const one of wanted) {
            registry.recordChange({ ...one, changes: [one] }, one, { kind: 'superseded' });
          }
          return [];
        },
      },
    });
    expect(checked).toBe(10);
    expect(delivery.verdicts.filter((verdict) => reasonOf(verdict) === 'Deferred')).toHaveLength(5);
  });

  test('of several accounts is half-open where the circuit of one of them is', async () => {
    const changes = [1, 2, 3].flatMap((n) => [
      change(n, { account: 'good' }),
      change(n, { account: 'bad', description: 'd', title: undefined }),
    ]);
    const delivery = await delivered(changes, {
      ...halfOpen(),
      answers: ({ account }) => (account === 'bad' ? answer(500) : success()),
    });
    const images = new Set(
      delivery.calls.flatMap(({ updates }) => updates.map(({ guid }) => guid)),
    );
    expect(images.size).toBe(1);
    expect(delivery.verdicts.filter((verdict) => reasonOf(verdict) === 'Deferred')).toHaveLength(4);
  });

  test('makes no call where none of its images needs one', async () => {
    const delivery = await delivered(ofAccount('bad', 1, 3), {
      ...halfOpen(),
      answers: () => success(),
      ledger: {
        filterStale: async (wanted, registry) => {
          for (const one of wanted) {
            registry.recordChange({ ...one, changes: [one] }, one, { kind: 'superseded' });
          }
          return [];
        },
      },
    });
    expect(delivery.calls).toEqual([]);
    expect(new Set(delivery.verdicts.map((verdict) => verdict?.kind))).toEqual(
      new Set(['superseded']),
    );
  });

  test('opened by refusals sends nothing else where the one image is refused as well', async () => {
    const parts = sandbox(30, (memory, now) => memory.healthOf('bad').circuit.open('refusal', now));
    const delivery = await delivered(ofAccount('bad', 1, 3), {
      ...parts,
      answers: () => refusal(),
      lists: () => listOf([]),
      ...protecting,
    });
    expect(delivery.calls).toHaveLength(1);
    expect(delivery.verdicts.map(reasonOf).toSorted()).toEqual([
      ...['Deferred', 'Deferred'],
      'SystemicRefusal',
    ]);
  });

  test('tries a preflight first, and nothing else where that failed', async () => {
    const delivery = await delivered(ofAccount('bad', 1, 3), {
      ...halfOpen(),
      answers: () => success(),
      lists: () => answer(500),
      ...protecting,
    });
    expect(delivery.lists).toHaveLength(1);
    expect(delivery.calls).toHaveLength(0);
  });

  test('opened by preflights sends the others after one that was answered', async () => {
    const parts = sandbox(30, (memory, now) =>
      memory.healthOf('bad').circuit.open('preflight', now),
    );
    const delivery = await delivered(ofAccount('bad', 1, 3), {
      ...parts,
      answers: () => success(),
      lists: () => listOf([]),
      ...protecting,
    });
    expect(delivery.lists.map(({ guids }) => guids.length)).toEqual([1, 2]);
  });

  test('comes back untried where there is no time to lose for calls that may hang', async () => {
    const parts = halfOpen();
    parts.memory.riskTime.spend(60_000);
    const delivery = await delivered(ofAccount('bad', 1, 2), {
      ...parts,
      answers: () => success(),
    });
    expect(delivery.calls).toEqual([]);
    expect(delivery.verdicts.map(reasonOf)).toEqual(['Deferred', 'Deferred']);
  });

  test('takes of that time what it took', async () => {
    const { time, memory } = halfOpen();
    memory.riskTime.spend(20_000);
    await delivered(ofAccount('bad', 1, 2), {
      ...{ time, memory },
      answers: () => {
        time.advance(25_000);
        return timeout;
      },
    });
    expect(memory.riskTime.isLeft(time.now())).toBe(false);
    time.advance(76_000);
    expect(memory.riskTime.isLeft(time.now())).toBe(true);
  });

  test('is another image each time', async () => {
    const random = [0.1, 0.9, 0.5];
    const first = async (chance: number) => {
      const delivery = await delivered(ofAccount('bad', 1, 9), {
        ...halfOpen(),
        random: () => chance,
        answers: () => answer(500),
      });
      return callsOf(delivery)[0]?.[0];
    };
    const tried = await Promise.all(random.map(first));
    expect(new Set(tried).size).toBeGreaterThan(1);
  });
});

describe('images that failed before', () => {
  const failing = (failures: number, images: readonly number[] = [1]) => {
    return (memory: SandboxMemory, now: number) => {
      for (const n of images) {
        memory.troubles.set(guid(n), {
          failing: { reason: 'Timeout', detail: 'no answer within 25 s', failures, at: now },
        });
      }
    };
  };
  const deliver = (parts: Partial<DeliveryParts> & Pick<DeliveryParts, 'time' | 'memory'>) =>
    delivered(changesOf(3), { answers: exceptFor([1], () => timeout), ...parts });

  test('go alone, after all others, once they are due', async () => {
    const delivery = await deliver(sandbox(30, failing(1)));
    expect(callsOf(delivery)).toEqual([[2, 3], [1]]);
    expect(delivery.verdicts.map(reasonOf)).toEqual(['Timeout', undefined, undefined]);
    expect(delivery.memory.troubles.of(guid(1))?.failing).toMatchObject({ failures: 2 });
    expect(delivery.memory.healthOf(null).circuit.state(delivery.time.now())).toBe('closed');
  });

  test('have the whole timeout where they failed alone, however fast others are answered', async () => {
    const hung = (memory: SandboxMemory, now: number) => {
      memory.healthOf(null).confirmed(now);
      memory.healthOf(null).hung(now);
      memory.healthOf(null).answerTimes.note('update', 200, now);
    };
    const timeoutsOf = async (failures: number) => {
      const parts = sandbox(30, (memory, now) => {
        failing(failures)(memory, now);
        hung(memory, now);
      });
      return (await deliver(parts)).timeouts;
    };
    expect(await timeoutsOf(0)).toEqual([5, 5]);
    expect(await timeoutsOf(1)).toEqual([5, 25]);
  });

  test('come back before they are due without a call, by the reason of their last one', async () => {
    const delivery = await deliver(sandbox(29, failing(1)));
    expect(callsOf(delivery)).toEqual([[2, 3]]);
    expect(delivery.verdicts[0]).toEqual({
      kind: 'retry',
      reason: 'Timeout',
      detail: 'no answer within 25 s',
    });
    expect(delivery.memory.troubles.of(guid(1))?.failing).toMatchObject({ failures: 1 });
  });

  test('are as all others again once they went through', async () => {
    const delivery = await deliver({ ...sandbox(30, failing(1)), answers: () => success() });
    expect(delivery.verdicts[0]).toEqual({ kind: 'applied' });
    expect(delivery.memory.troubles.of(guid(1))).toBeUndefined();
  });

  test('are judged like all others where they are refused', async () => {
    const delivery = await deliver({
      ...sandbox(30, failing(1)),
      answers: exceptFor([1], () => refusal()),
    });
    expect(delivery.verdicts[0]).toMatchObject({ reason: 'SystemicRefusal' });
    expect(delivery.memory.troubles.of(guid(1))?.refused).toBeDefined();
  });

  test('take a share of the time only: the rest of them come back', async () => {
    const parts = sandbox(900, failing(9, [1, 2, 3]));
    const delivery = await deliver({
      ...parts,
      answers: () => {
        parts.time.advance(25_000);
        return timeout;
      },
    });
    // What is saved up is one call that hangs, and a fifth of its own time comes back meanwhile.
    expect(callsOf(delivery)).toHaveLength(2);
    expect(delivery.verdicts.map(reasonOf)).toEqual(['Timeout', 'Timeout', 'Timeout']);
    // Two timeouts of other images would have opened it.
    expect(delivery.memory.healthOf(null).circuit.state(delivery.time.now())).toBe('closed');
  });

  test('go whatever time there is to lose while they never failed alone', async () => {
    const parts = sandbox(30, failing(0));
    parts.memory.riskTime.spend(100_000);
    const delivery = await deliver({ ...parts, answers: () => success() });
    expect(callsOf(delivery)).toEqual([[2, 3], [1]]);
    const late = sandbox(30, failing(1));
    late.memory.riskTime.spend(100_000);
    expect(callsOf(await deliver({ ...late, answers: () => success() }))).toEqual([[2, 3]]);
  });

  test('go first of which least is known', async () => {
    const parts = sandbox(900, (memory, now) => {
      failing(3, [1])(memory, now);
      failing(0, [2])(memory, now);
      failing(1, [3])(memory, now - 1_000);
    });
    const delivery = await deliver({ ...parts, answers: () => success() });
    expect(callsOf(delivery)).toEqual([[2], [3], [1]]);
  });

  test('come back where one of the accounts that want them is stopped', async () => {
    const parts = sandbox(30, failing(1));
    parts.memory.healthOf('b').circuit.open('update', parts.time.now());
    const changes = [
      change(1, { account: 'a' }),
      change(1, { account: 'b', title: undefined, description: 'd' }),
    ];
    const delivery = await delivered(changes, { ...parts, answers: () => success() });
    expect(delivery.calls).toEqual([]);
    expect(delivery.verdicts.map(reasonOf)).toEqual(['Timeout', 'Timeout']);
  });

  test('come back where their account is stopped', async () => {
    const parts = sandbox(30, failing(1));
    parts.memory.healthOf(null).circuit.open('update', parts.time.now());
    const delivery = await deliver(parts);
    expect(delivery.calls).toEqual([]);
    expect(reasonOf(delivery.verdicts[0])).not.toBeUndefined();
  });

  test('come back where there is no time', async () => {
    const parts = sandbox(30, failing(1));
    const delivery = await deliver({
      ...parts,
      available: 30_000,
      answers: () => {
        parts.time.advance(6_000);
        return success();
      },
    });
    expect(callsOf(delivery)).toEqual([[2, 3]]);
    expect(delivery.verdicts[0]).toMatchObject({ reason: 'Timeout' });
  });

  test('go with all that is wanted of them, leased only then', async () => {
    const admitted: number[] = [];
    const parts = sandbox(30, failing(1));
    const delivery = await delivered([change(1), change(2), change(1, { title: 'newer' })], {
      ...parts,
      answers: () => success(),
      ledger: {
        acquireLeases: async (updates) => {
          admitted.push(...updates.map((one) => numberOf(one.guid)));
          return [...updates];
        },
      },
    });
    expect(admitted).toEqual([2, 1]);
    expect(delivery.verdicts.map((verdict) => verdict?.kind)).toEqual([
      ...['applied', 'applied', 'applied'],
    ]);
  });

  test('are checked by a preflight of their own', async () => {
    const delivery = await deliver({
      ...sandbox(30, failing(1)),
      answers: () => success(),
      lists: () => listOf([]),
      ...protecting,
    });
    expect(delivery.lists.map(({ guids }) => guids)).toEqual([[guid(2), guid(3)], [guid(1)]]);
  });
});

test('what the ledger still holds is told to be decided at the end', async () => {
  const { decided } = await delivered(changesOf(1), {
    answers: () => refusal(),
    ledger: { held: () => [guid(1)] },
  });
  expect(decided.at(-1)).toEqual([guid(1)]);
});

test('figures are of all that was delivered', async () => {
  const { figures } = await delivered([change(1), change(1, { title: 'newer' }), change(2)], {
    answers: () => success(),
  });
  expect(figures).toMatchObject({ coalesced: 1, images: 2, calls: 1, isolationCalls: 0 });
});

describe('an image of which title and description come from two accounts', () => {
  const changes = [
    change(1, { account: 'a', title: 'new title' }),
    change(1, { account: 'b', title: undefined, description: 'new description' }),
  ];
  const lists = () =>
    listOf([{ guid: guid(1), title: 'old title', description: 'old description' }]);
  const limits = { virtualInventory: 'protect' } as const;

  test('gets the second call with what the first one has set', async () => {
    const { calls, verdicts } = await delivered(changes, {
      answers: () => success(),
      lists,
      limits,
    });
    expect(calls.flatMap(({ updates }) => updates)).toMatchObject([
      { account: 'a', title: 'new title', standing: { description: 'old description' } },
      { account: 'b', description: 'new description', standing: { title: 'new title' } },
    ]);
    expect(verdicts.map((verdict) => verdict?.kind)).toEqual(['applied', 'applied']);
  });

  test('gets none where nobody knows what became of the first', async () => {
    const { calls, verdicts } = await delivered(changes, { answers: () => timeout, lists, limits });
    expect(new Set(calls.map(({ account }) => account))).toEqual(new Set(['a']));
    expect(verdicts.map(reasonOf)).toEqual(['Timeout', 'Deferred']);
  });
});

test('what is not to be completed is sent as events ask for it', async () => {
  const { calls } = await delivered([change(1)], {
    answers: () => success(),
    lists: () => listOf([{ guid: guid(1), title: 'old', description: 'there' }]),
    limits: { virtualInventory: 'protect', omittedFields: 'omit' },
  });
  expect(calls.flatMap(({ updates }) => updates.map(({ standing }) => standing))).toEqual([
    undefined,
  ]);
});

test.each([
  ['complete', { description: 'other' }, { description: 'edited by hand' }],
  ['omit', undefined, undefined],
] as const)(
  'a call that another one kept waiting for longer than a minute is checked again: %s',
  async (omittedFields, ...sentAlong) => {
    const time = virtualTime();
    const texts = ['there', 'edited by hand'];
    const { calls, lists } = await delivered([change(1), change(2, { account: 'b' })], {
      time,
      answers: async ({ account }) => {
        // The preflight of what comes next is made meanwhile.
        await setImmediate();
        if (account === null) time.advance(60_001);
        return success();
      },
      lists: ({ account, guids }) => {
        const description = (account === 'b' ? texts.shift() : undefined) ?? 'other';
        return listOf(guids.map((one) => ({ guid: one, description })));
      },
      limits: { virtualInventory: 'protect', omittedFields },
    });
    expect(lists.map(({ account }) => account)).toEqual([null, 'b', 'b']);
    expect(calls.flatMap(({ updates }) => updates.map(({ standing }) => standing))).toEqual(
      sentAlong,
    );
  },
);

test('no image is in two updates at once, and each was listed within the minute before', async () => {
  const Image = fc.record({ n: fc.nat(12), account: fc.constantFrom('a', 'b') });
  const Step = fc.record({
    turns: fc.nat(3),
    seconds: fc.constantFrom(0.2, 25, 61),
    result: fc.constantFrom(success(), refusal(), timeout),
  });
  const steps = fc.array(Step, { minLength: 1, maxLength: 20 });
  const images = fc.array(Image, { minLength: 1, maxLength: 24 });
  const omitted = fc.constantFrom('complete' as const, 'omit' as const);
  await fc.assert(
    fc.asyncProperty(images, steps, omitted, async (wanted, taken, omittedFields) => {
      const time = virtualTime();
      const underWay = new Set<string>();
      // What is thrown beside a call counts as its failure.
      const twice: string[] = [];
      const ages: number[] = [];
      const listedAt = new Map<string, number>();
      const changes = wanted.map(({ n, account }, at) =>
        change(n, { account, title: `T${at}`, messageId: `m${at}` }),
      );
      await delivered(changes, {
        time,
        limits: { virtualInventory: 'protect', maxImagesPerCall: 2, omittedFields },
        answers: async ({ account, updates }, _keys, nth) => {
          for (const one of updates) {
            const at = listedAt.get(`${account} ${one.guid}`) ?? Number.NEGATIVE_INFINITY;
            ages.push(time.now() - at);
            if (underWay.has(one.guid)) twice.push(one.guid);
            underWay.add(one.guid);
          }
          const step = taken[nth % taken.length];
          for (let turn = 0; turn < (step?.turns ?? 0); turn += 1) await setImmediate();
          time.advance((step?.seconds ?? 0) * 1_000);
          for (const one of updates) underWay.delete(one.guid);
          return step?.result ?? timeout;
        },
        lists: ({ account, guids }) => {
          for (const one of guids) listedAt.set(`${account} ${one}`, time.now());
          return listOf(guids.map((one) => ({ guid: one, title: 'there', description: 'too' })));
        },
      });
      expect(twice).toEqual([]);
      expect(Math.max(0, ...ages)).toBeLessThanOrEqual(60_000);
    }),
  );
});
