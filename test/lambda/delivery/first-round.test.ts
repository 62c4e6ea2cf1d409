import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import { answer, listOf, refusal, success, timeout } from '../../helpers/answers.ts';
import { change, changesOf, delivered, newMemory } from '../../helpers/delivery.ts';
import { guid, numberOf } from '../../helpers/records.ts';
import { exceptFor } from '../../helpers/refusals.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const numbersOf = (guids: readonly string[]) => guids.map(numberOf);
const protecting = { virtualInventory: 'protect' } as const;

const BAD_KEYS = answer(401);

/** Answers that take a moment, and the most calls that ever waited for one. */
function countedAnswers() {
  let underWay = 0;
  let most = 0;
  const answers = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return success();
  };
  return { answers, most: () => most };
}

describe('the first round', () => {
  test('sends each call once before anything is searched', async () => {
    const { sent } = await delivered(changesOf(4), {
      answers: exceptFor([1, 4]),
      limits: { maxImagesPerCall: 2 },
    });
    expect(sent.map(({ guids }) => numbersOf(guids))).toEqual([
      ...[
        [1, 2],
        [3, 4],
      ],
      ...[[1], [2], [3], [4], [1]],
    ]);
  });

  test.each([1, 2, 3])('makes as many updates at once as are set: %s', async (callsAtOnce) => {
    const { answers, most } = countedAnswers();
    const { verdicts, sent } = await delivered(changesOf(10), {
      answers,
      limits: { maxImagesPerCall: 2, callsAtOnce },
    });
    expect(most()).toBe(callsAtOnce);
    expect(sent).toHaveLength(5);
    expect(new Set(verdicts.map((verdict) => verdict?.kind))).toEqual(new Set(['applied']));
  });

  test('never makes two updates of one image at once', async () => {
    const { answers, most } = countedAnswers();
    const changes = [
      change(1, { account: 'a' }),
      change(1, { account: 'b', title: undefined, description: 'd' }),
    ];
    const { sent, decided } = await delivered(changes, { answers, limits: { callsAtOnce: 3 } });
    expect(sent).toHaveLength(2);
    expect(most()).toBe(1);
    expect(decided.filter(({ length }) => length > 0)).toEqual([[guid(1)]]);
  });

  test('is not over before all is passed on, also where that fails', async () => {
    const ended: string[] = [];
    const commit = async ([only]: Iterable<string>) => {
      if (only === guid(2)) throw new Error('a defect');
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (only !== undefined) ended.push(only);
    };
    const round = delivered(changesOf(2), {
      answers: () => success(),
      limits: { maxImagesPerCall: 1, callsAtOnce: 2 },
      ledger: { commit },
    });
    await expect(round).rejects.toThrow('a defect');
    expect(ended).toEqual([guid(1)]);
  });

  test('begins no update after keys were refused, of those that were not under way then', async () => {
    const { sent, verdicts } = await delivered(changesOf(8), {
      answers: () => BAD_KEYS,
      limits: { maxImagesPerCall: 1, callsAtOnce: 2 },
    });
    expect(sent.length).toBeLessThanOrEqual(2);
    expect(verdicts.every((verdict) => verdict?.kind === 'retry')).toBe(true);
  });

  test('tells what a call decided while the next one is under way, and of no image that is open', async () => {
    const { decided } = await delivered(changesOf(4), {
      answers: exceptFor([1]),
      limits: { maxImagesPerCall: 2 },
    });
    const told = decided.map((guids) => numbersOf([...guids])).filter(({ length }) => length > 0);
    expect(told).toEqual([[3, 4], [2]]);
  });

  test('tells of an image of two accounts after the last of its calls', async () => {
    const changes = [
      change(1, { account: 'a' }),
      change(1, { account: 'b', title: undefined, description: 'd' }),
    ];
    const { decided, sent } = await delivered(changes, { answers: () => success() });
    expect(sent).toHaveLength(2);
    expect(decided.filter(({ length }) => length > 0)).toEqual([[guid(1)]]);
  });

  test.each([1, 2])(
    'ends with an error of its own where the ledger fails once, and leaves nothing under way, with %s at once',
    async (callsAtOnce) => {
      let [begun, ended, told] = [0, 0, 0];
      const commit = async () => {
        told += 1;
        if (told === 1) throw new Error('a defect');
      };
      const answers = async () => {
        begun += 1;
        await new Promise((resolve) => setImmediate(resolve));
        ended += 1;
        return success();
      };
      const delivering = delivered(changesOf(4), {
        answers,
        ledger: { commit },
        limits: { maxImagesPerCall: 1, callsAtOnce },
      });
      await expect(delivering).rejects.toThrow('a defect');
      expect(ended).toBe(begun);
    },
  );
});

describe('while single images make calls hang', () => {
  const some = () => {
    const time = virtualTime();
    const memory = newMemory(time);
    const health = memory.healthOf(null);
    health.confirmed(time.now());
    health.hung(time.now());
    return { time, memory };
  };

  test('fewer of their account go together, and more again with each call that goes through', async () => {
    const { calls } = await delivered(changesOf(200), { ...some(), answers: () => success() });
    const sizes = calls.map(({ updates }) => updates.length);
    expect(sizes.slice(0, 5)).toEqual([10, 10, 10, 10, 10]);
    expect(Math.max(...sizes)).toBeGreaterThan(12);
  });

  test('fewer go into one preflight as well', async () => {
    const { lists } = await delivered(changesOf(30), {
      ...some(),
      answers: () => success(),
      lists: () => listOf([]),
      limits: protecting,
    });
    expect(lists[0]?.guids).toHaveLength(10);
  });

  test('no more of their account go together for calls of single images', async () => {
    const { time, memory } = some();
    const limits = { maxImagesPerCall: 1 };
    await delivered(changesOf(3), { time, memory, answers: () => success(), limits });
    expect(memory.healthOf(null).imagesTogether).toBe(10);
  });

  test('the time that is left is kept for the search, once it is short', async () => {
    const { time, memory } = some();
    const hangs = (): Answer => {
      time.advance(25_000);
      return timeout;
    };
    const { calls, lists, verdicts } = await delivered(changesOf(100), {
      time,
      memory,
      available: 70_000,
      answers: exceptFor([10], hangs),
      lists: () => listOf([]),
      limits: protecting,
    });
    const sent = calls.flatMap(({ updates }) => updates.map(({ guid: id }) => numberOf(id)));
    expect(Math.max(...sent)).toBe(10);
    expect(verdicts[0]).toEqual({ kind: 'applied' });
    expect(verdicts[10]).toMatchObject({ reason: 'NoTimeLeft' });
    // Some lists were made beside the call that hung; no further one is made.
    expect(lists.filter(({ guids }) => guids.length > 1).length).toBeLessThan(10);
  });

  test('other accounts go on as ever', async () => {
    const { calls } = await delivered(changesOf(60, { account: 'other' }), {
      ...some(),
      answers: () => success(),
    });
    expect(calls.map(({ updates }) => updates.length)).toEqual([50, 10]);
  });

  test('is known from a call that hung although the account works', async () => {
    const togetherAfter = async (failed: () => Answer) => {
      const time = virtualTime();
      const memory = newMemory(time);
      memory.healthOf(null).confirmed(time.now());
      await delivered(changesOf(4), { time, memory, answers: exceptFor([4], failed) });
      return memory.healthOf(null).imagesTogether;
    };
    expect(await togetherAfter(() => timeout)).toBe(10);
    expect(await togetherAfter(() => answer(500))).toBe(1_000);
  });
});

describe('a preflight of the first round', () => {
  test('is not made again for a call that then failed', async () => {
    const { lists, calls } = await delivered(changesOf(4), {
      answers: exceptFor([1], () => answer(500)),
      lists: () => listOf([]),
      limits: { ...protecting, maxImagesPerCall: 2 },
    });
    expect(calls.length).toBeGreaterThan(2);
    expect(lists).toHaveLength(1);
  });

  test('of one account tells nothing of an image that another one wants as well', async () => {
    const deeds: string[] = [];
    const changes = [
      change(1, { account: 'a' }),
      change(1, { account: 'b', title: undefined, description: 'd' }),
    ];
    await delivered(changes, {
      answers: ({ account }) => {
        deeds.push(`sent ${account}`);
        return success();
      },
      lists: () => listOf([{ guid: guid(1), title: 'Title 1' }]),
      ledger: {
        commit: async (guids) => {
          for (const id of guids) deeds.push(`told ${numberOf(id)}`);
        },
      },
      limits: protecting,
    });
    expect(deeds).toEqual(['sent b', 'told 1']);
  });

  test('that decides on an image tells of it at once', async () => {
    const { decided } = await delivered(changesOf(2), {
      answers: () => success(),
      lists: () => listOf([{ guid: guid(1), title: 'Title 1' }]),
      limits: protecting,
    });
    expect(decided[0]).toEqual([guid(1)]);
  });

  test('that fails goes to isolation, and the account’s other images go on', async () => {
    const { calls, verdicts, lists } = await delivered(changesOf(60), {
      answers: () => success(),
      lists: ({ guids }) => (guids.includes(guid(1)) ? answer(500) : listOf([])),
      limits: protecting,
    });
    // The second list is evidence of nothing, but its update is: so the first one is searched.
    expect(lists.slice(0, 3).map(({ guids }) => guids.length)).toEqual([50, 10, 25]);
    expect(calls[0]?.updates).toHaveLength(10);
    expect(verdicts.filter((verdict) => verdict?.kind === 'applied')).toHaveLength(59);
  });

  test('of images of several accounts that fails has them come back', async () => {
    const changes = [
      change(1, { account: 'a' }),
      change(1, { account: 'b', title: undefined, description: 'd' }),
    ];
    const { calls, lists, verdicts } = await delivered(changes, {
      answers: () => success(),
      lists: ({ account }) => (account === 'a' ? answer(500) : listOf([])),
      limits: protecting,
    });
    expect(lists).toHaveLength(2);
    expect(calls.map(({ account }) => account)).toEqual(['b']);
    expect(verdicts).toMatchObject([{ reason: 'ServerError' }, { kind: 'applied' }]);
  });

  test('is not made where products need no protection', async () => {
    const { lists } = await delivered(changesOf(2), {
      answers: exceptFor([1], () => refusal()),
    });
    // To look for a control is another matter.
    expect(lists).toEqual([]);
  });
});
