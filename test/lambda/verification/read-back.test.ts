import { describe, expect, test } from '@jest/globals';
import type { Values } from '../../../lambda/contract/fields.ts';
import type { Update } from '../../../lambda/images/change.ts';
import { ReadBack, type ReadBackDependencies } from '../../../lambda/verification/read-back.ts';
import type { Shown } from '../../../lambda/verification/read-shown.ts';
import type { Watched } from '../../../lambda/verification/watch.ts';
import { newMemory, update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

type Listed = Awaited<ReturnType<ReadBackDependencies['list']>>;

const BEFORE: Shown = { title: 'before', description: 'before' };
const FAILED = {
  kind: 'failed',
  verdict: { kind: 'retry', reason: 'ServerError', detail: 'HTTP 503' },
  isSlow: false,
} as const;
const BLOCKED = { kind: 'blocked', verdict: FAILED.verdict } as const;

const watched = (update: Update, before = BEFORE): Watched => ({
  update,
  before,
  earlier: undefined,
});
const titled = (n: number, title: string) => update(n, { title });
/** A list that shows these titles of images 1, 2 and so on. */
const titles = (...shown: string[]): Listed =>
  new Map(shown.map((title, at) => [guid(at + 1), { ...BEFORE, title }]));

interface Parts {
  /** One after another; the last one again and again. */
  readonly lists: readonly Listed[];
  /** Milliseconds. */
  readonly available?: number;
  /** How late lists are known to be, in milliseconds. */
  readonly late?: number;
}

/** Reads a call back, and says what was seen on the way. */
async function readBack(call: readonly Watched[], { lists, available = 100_000, late }: Parts) {
  const time = virtualTime();
  const memory = newMemory(time).verification;
  if (late !== undefined) memory.lateness.seen(late, true);
  const [start, deadline] = [time.now(), time.now() + available];
  const taken = new Map<string, Values | undefined>();
  const asked: (readonly string[])[] = [];
  const result = await new ReadBack(call, {
    clock: time,
    memory,
    ledger: { known: () => undefined },
    scheduler: {
      get timeLeft() {
        return deadline - time.now();
      },
    },
    list: async (guids) => {
      asked.push(guids);
      return lists[asked.length - 1] ?? lists.at(-1) ?? BLOCKED;
    },
    onTaken: ({ guid }, stored) => taken.set(guid, stored),
  }).run();
  return { ...result, taken, asked, memory, slept: time.slept, elapsed: time.now() - start };
}

describe('a call is read back', () => {
  test('at once where lists are not known to be late, and once where all is there', async () => {
    const { taken, asked, slept, untaken } = await readBack([watched(titled(1, 'A'))], {
      lists: [titles('A')],
    });
    expect([...taken]).toEqual([[guid(1), undefined]]);
    expect([asked, slept, untaken]).toEqual([[[guid(1)]], [], []]);
  });

  test('after the time that lists are late, which counts as less where the first one shows it', async () => {
    const { slept, memory } = await readBack([watched(titled(1, 'A'))], {
      lists: [titles('A')],
      late: 5_000,
    });
    expect(slept).toEqual([5_000]);
    expect(memory.lateness.expected).toBe(4_500);
  });

  test('with growing pauses, for what is not there yet', async () => {
    const call = [watched(titled(1, 'A')), watched(titled(2, 'B'))];
    const { asked, slept, memory } = await readBack(call, {
      lists: [titles('before', 'before'), titles('A', 'before'), titles('', 'B')],
    });
    expect(asked).toEqual([[guid(1), guid(2)], [guid(1), guid(2)], [guid(2)]]);
    expect(slept).toEqual([1_000, 2_000]);
    expect(memory.lateness.expected).toBe(1_000);
  });

  test('for three seconds where a part of it is there, and for longer where nothing is', async () => {
    const call = [watched(titled(1, 'A')), watched(titled(2, 'B'))];
    const part = await readBack(call, { lists: [titles('A', 'before')], late: 0 });
    expect([part.elapsed, part.untaken.length, part.changed]).toEqual([3_000, 1, 1]);
    const none = await readBack(call, { lists: [titles('before', 'before')], late: 0 });
    expect([none.elapsed, none.untaken.length, none.changed]).toEqual([15_000, 2, 0]);
    expect(none.asBefore).toEqual(none.untaken);
  });

  test('a last time when the time is over, and not after that', async () => {
    const call = [watched(titled(1, 'A'))];
    const lists = [titles('before')];
    const late = await readBack(call, { lists, available: 5_000, late: 5_000 });
    expect([late.asked.length, late.slept]).toEqual([1, [5_000]]);
    const shorter = await readBack(call, { lists, available: 2_000, late: 5_000 });
    expect([shorter.asked.length, shorter.slept]).toEqual([1, [2_000]]);
    const none = await readBack(call, { lists, available: 0 });
    expect([none.asked.length, none.slept]).toEqual([1, []]);
    const over = await readBack(call, { lists, available: -1 });
    expect([over.asked.length, over.slept, over.untaken.length]).toEqual([0, [], 1]);
  });

  test('again where a list fails, three times at most, but not where it may not be made', async () => {
    const call = [watched(titled(1, 'A'))];
    const failing = await readBack(call, { lists: [FAILED] });
    expect([failing.asked.length, failing.unread]).toEqual([3, FAILED.verdict]);
    const blocked = await readBack(call, { lists: [BLOCKED] });
    expect([blocked.asked.length, blocked.unread]).toEqual([1, BLOCKED.verdict]);
    const healed = await readBack(call, { lists: [FAILED, FAILED, titles('A')] });
    expect([healed.asked.length, healed.unread]).toEqual([3, undefined]);
  });
});

describe('a text that nobody sent', () => {
  const call = [watched(titled(1, 'A title of some length'))];

  test('is what FinerWorks made of it once two lists show the same', async () => {
    const { taken, asked, doubtful } = await readBack(call, {
      lists: [titles('X'), titles('Y'), titles('Y')],
    });
    expect([...taken]).toEqual([[guid(1), { title: 'Y' }]]);
    expect(asked).toHaveLength(3);
    expect(doubtful.size).toBe(0);
  });

  test('is so at once where there is no time for another list', async () => {
    const { taken } = await readBack(call, { lists: [titles('X')], available: 0 });
    expect([...taken]).toEqual([[guid(1), { title: 'X' }]]);
  });

  test('is no text of before, should the next list fail', async () => {
    const { asBefore, untaken } = await readBack(call, {
      lists: [titles('before'), titles('X'), BLOCKED],
    });
    expect([untaken.length, asBefore]).toEqual([1, []]);
  });

  test('teaches at which length texts are cut', async () => {
    const { memory } = await readBack(call, { lists: [titles('A title')] });
    expect(memory.rewriting.isPlausible('Another', 'Another')).toBe(true);
    expect(memory.rewriting.isPlausible('Something else', 'Somethi')).toBe(true);
    expect(memory.rewriting.isPlausible('Something else', 'Someth')).toBe(false);
  });
});

test('an image that had its value before is taken, and proves nothing of the call', async () => {
  const { taken, changed } = await readBack([watched(titled(1, 'before'))], {
    lists: [titles('before')],
  });
  expect([taken.size, changed]).toEqual([1, 0]);
});

test('an image counts as changed where one of its texts did', async () => {
  const both = update(1, { title: 'A', description: 'before' });
  const { changed } = await readBack([watched(both)], { lists: [titles('A')] });
  expect(changed).toBe(1);
});
