import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { answer, listOf, refusal, success, timeout } from '../../helpers/answers.ts';
import {
  change,
  changesOf,
  type DeliveryParts,
  delivered,
  newMemory,
  reasonOf,
} from '../../helpers/delivery.ts';
import { imageLibrary, type LibraryHabits } from '../../helpers/image-library.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

/** What an invocation of 120 s has for calls. */
const AVAILABLE = 100_000;

/** A sandbox and the FinerWorks that it calls, for one invocation after another. */
function scene(
  verify: 'all' | 'sample' | 'off',
  habits: LibraryHabits = {},
  virtualInventory: 'protect' | 'remove' = 'protect',
) {
  const time = virtualTime();
  const library = imageLibrary(time, habits);
  const memory = newMemory(time);
  const evidence = rememberEvidence();
  return {
    time,
    library,
    memory,
    evidence,
    deliver: (changes: Parameters<typeof delivered>[0], parts: Partial<DeliveryParts> = {}) =>
      delivered(changes, {
        ...{ time, memory, evidence, available: AVAILABLE },
        answers: library.answers,
        lists: library.lists,
        ...parts,
        limits: { verify, virtualInventory, ...parts.limits },
      }),
  };
}

const firstOnly: LibraryHabits = { take: (updates) => updates.slice(0, 1) };
const noneOf = (...images: number[]): LibraryHabits => ({
  take: (updates) => updates.filter((update) => !images.map(guid).includes(update.guid)),
});
const kindsOf = (verdicts: readonly ({ kind: string } | undefined)[]) =>
  new Set(verdicts.map((verdict) => verdict?.kind));

describe('an image that is seen as it was sent', () => {
  test.each(['all', 'sample'] as const)('is applied, for one list more: %s', async (verify) => {
    const { deliver } = scene(verify);
    const { verdicts, calls, lists, figures } = await deliver(changesOf(3));
    expect(verdicts).toEqual(Array(3).fill({ kind: 'applied' }));
    expect([calls.length, lists.length]).toEqual([1, 2]);
    expect(figures).toMatchObject({ verified: 3, images: 3, notTaken: 0, unverifiable: 0 });
  });

  test('is applied with remove as well, where a list comes before the update', async () => {
    const { deliver } = scene('all', {}, 'remove');
    const { verdicts, calls, lists, figures } = await deliver(changesOf(3));
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect([calls.length, lists.length]).toEqual([1, 2]);
    expect(figures.verified).toBe(3);
  });

  test.each([
    ['protect', 1],
    ['remove', 0],
  ] as const)('is not looked at where nothing is to be read back: %s', async (inventory, most) => {
    const { deliver } = scene('off', firstOnly, inventory);
    const { verdicts, lists } = await deliver(changesOf(3));
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect(lists).toHaveLength(most);
  });

  test('is applied as well where calls hold no other field', async () => {
    const { deliver } = scene('all');
    const limits = { omittedFields: 'omit' } as const;
    const { verdicts, figures } = await deliver(changesOf(2), { limits });
    expect(verdicts).toEqual([{ kind: 'applied' }, { kind: 'applied' }]);
    expect(figures.verified).toBe(2);
  });
});

describe('an image that no list shows', () => {
  test('is applied and counted apart, and costs no list', async () => {
    const { deliver } = scene('all', { unlisted: [guid(1), guid(2)] });
    const { verdicts, lists, figures } = await deliver(changesOf(2));
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect(lists).toHaveLength(1);
    expect(figures).toMatchObject({ verified: 0, unverifiable: 2 });
  });

  test('leaves its call its turn: the next one is read back', async () => {
    const { deliver } = scene('sample', { unlisted: [guid(1)] });
    await deliver(changesOf(1));
    expect((await deliver([change(2)])).figures.verified).toBe(1);
  });

  test('is counted where its call is read back, and not in one that is not', async () => {
    const { deliver } = scene('sample', { unlisted: [guid(2)] });
    await deliver([change(1)]);
    const { verdicts, figures } = await deliver([change(2)]);
    expect(verdicts).toEqual([{ kind: 'applied' }]);
    expect(figures).toMatchObject({ verified: 0, unverifiable: 0 });
  });

  test('costs no list before each update where no preflight lists it anyway', async () => {
    const { deliver } = scene('sample', { unlisted: [guid(1), guid(2)] }, 'remove');
    expect((await deliver([change(1)])).lists).toHaveLength(1);
    expect((await deliver([change(2)])).lists).toHaveLength(0);
  });
});

describe('of a sample', () => {
  /** Which calls of one image each are read back, counted from 1. */
  async function turnsOf(calls: number, parts: Parameters<typeof scene>, images = [1]) {
    const { deliver } = scene(...parts);
    const turns: number[] = [];
    for (let call = 1; call <= calls; call += 1) {
      const n = images[(call - 1) % images.length] ?? 1;
      const { figures } = await deliver([change(n, { title: `Title of call ${call}` })]);
      if (figures.verified > 0) turns.push(call);
    }
    return turns;
  }

  test.each(['protect', 'remove'] as const)(
    'each twentieth call is read back: %s',
    async (inventory) => {
      expect(await turnsOf(42, ['sample', {}, inventory])).toEqual([1, 21, 41]);
    },
  );

  test('calls do not count whose images no list shows', async () => {
    const parts = ['sample', { unlisted: [guid(2)] }] as const;
    expect(await turnsOf(42, [...parts], [1, 2])).toEqual([1, 41]);
  });

  test('a call that was listed before, and failed, leaves its turn to the next', async () => {
    const { deliver } = scene('sample', {}, 'remove');
    const failed = await deliver([change(1)], { answers: () => timeout });
    expect(failed.verdicts.map(reasonOf)).toEqual(['Timeout']);
    expect((await deliver([change(2)])).figures.verified).toBe(1);
  });

  test('a call is read back that is larger than FinerWorks was known to take', async () => {
    const { deliver, evidence, memory, time } = scene('sample');
    memory.verification.sampler.begun(50);
    await evidence.saveCallSize({ images: 2, at: time.now() - 3_600_000 });
    expect((await deliver(changesOf(3))).figures.verified).toBe(3);
    expect((await deliver(changesOf(3))).figures.verified).toBe(0);
  });

  test('a call is read back with one image that was not taken before', async () => {
    const { deliver, memory, time } = scene('sample');
    memory.verification.sampler.begun(50);
    memory.troubles.set(guid(2), { notTaken: time.now() - 60_000 });
    expect((await deliver(changesOf(3))).figures.verified).toBe(3);
  });
});

test('the size of calls that others found holds, but where nothing is verified', async () => {
  for (const [verify, sizes] of [
    ['sample', [1, 1, 1]],
    ['off', [3]],
  ] as const) {
    const { deliver, evidence, time } = scene(verify);
    await evidence.saveCallSize({ images: 1, at: time.now() });
    const { calls } = await deliver(changesOf(3));
    expect(calls.map(({ updates }) => updates.length)).toEqual(sizes);
  }
});

describe('a call of which a part is taken', () => {
  test('is sent again in smaller ones until all of it is taken', async () => {
    const { deliver, library, memory, time } = scene('all', firstOnly);
    const { verdicts, figures, calls } = await deliver(changesOf(10));
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect(library.of(guid(10)).title).toBe('Title 10');
    expect(figures).toMatchObject({ callSize: 1, images: 10 });
    expect(memory.verification.callSize.most(time.now())).toBe(1);
    expect(calls.map(({ updates }) => updates.length)).toEqual([
      ...[10, 5, 4],
      ...[2, 2, 2, 1],
      ...[1, 1, 1],
    ]);
  });

  test('is sent again with the other text as the last list showed it', async () => {
    const { deliver, library } = scene('all', firstOnly);
    // Somebody edits the descriptions at FinerWorks meanwhile.
    const lists: DeliveryParts['lists'] = ({ guids }, _, nth) =>
      listOf(
        guids.map((guid) => ({
          ...{ guid, title: library.of(guid).title },
          description: nth === 1 ? 'as uploaded' : 'edited',
        })),
      );
    const { calls } = await deliver(changesOf(2), { lists });
    const sent = calls.map(({ updates }) => updates.map(({ standing }) => standing?.description));
    expect(sent).toEqual([['as uploaded', 'as uploaded'], ['edited']]);
  });

  test('has an image whose next call fails counted as failing, since others go through', async () => {
    const { deliver, library, memory } = scene('all', firstOnly);
    const { verdicts } = await deliver(changesOf(3), {
      answers: (call, _, nth) => (nth === 2 ? timeout : library.answers(call)),
    });
    expect(verdicts.map(reasonOf)).toEqual([undefined, 'Timeout', undefined]);
    expect(memory.troubles.of(guid(2))).toMatchObject({
      failing: { reason: 'Timeout', failures: 1 },
    });
    expect(memory.troubles.of(guid(3))?.failing).toBeUndefined();
  });

  test('has its calls searched within the budget of its account', async () => {
    const { deliver } = scene('all', firstOnly);
    const limits = { maxIsolationCalls: 2 };
    const { verdicts, calls } = await deliver(changesOf(10), { limits });
    expect(calls).toHaveLength(3);
    expect(new Set(verdicts.map(reasonOf))).toEqual(new Set([undefined, 'NotTaken']));
  });

  test('makes the next calls of the sandbox small, and those of others', async () => {
    const { deliver, time, evidence } = scene('all', firstOnly);
    await deliver(changesOf(4));
    const next = await deliver([change(11), change(12)]);
    expect(next.calls.map(({ updates }) => updates.length)).toEqual([1, 1]);
    const elsewhere = await deliver([change(13), change(14)], {
      memory: newMemory(time),
      evidence,
    });
    expect(elsewhere.calls.map(({ updates }) => updates.length)).toEqual([1, 1]);
  });

  test('has the calls read back that went through meanwhile', async () => {
    const { deliver, library } = scene('sample', firstOnly);
    const limits = { maxImagesPerCall: 2 };
    const { verdicts } = await deliver(changesOf(6), { limits });
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    const titles = [1, 2, 3, 4, 5, 6].map((n) => library.of(guid(n)).title);
    expect(titles).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Title ${n}`));
  });
});

describe('a lone image that is never taken', () => {
  test('comes back as NotTaken after one call, and holds up no other', async () => {
    const { deliver, memory, library } = scene('all', noneOf(1));
    const others = [change(2, { account: 'b' }), change(3, { account: 'c' })];
    const { verdicts, calls } = await deliver([change(1, { account: 'a' }), ...others]);
    expect(verdicts.map(reasonOf)).toEqual(['NotTaken', undefined, undefined]);
    expect(calls).toHaveLength(3);
    expect(memory.troubles.of(guid(1))).toMatchObject({
      failing: { reason: 'NotTaken', failures: 1 },
    });
    expect(library.of(guid(3)).title).toBe('Title 3');
  });

  test('has a backoff of its own: before its time it comes back without a call', async () => {
    const { deliver, time } = scene('all', noneOf(1));
    await deliver([change(1)]);
    const early = await deliver([change(1)]);
    expect([early.calls.length, reasonOf(early.verdicts[0])]).toEqual([0, 'NotTaken']);
    time.advance(30_000);
    const due = await deliver([change(1)]);
    expect([due.calls.length, reasonOf(due.verdicts[0])]).toEqual([1, 'NotTaken']);
  });

  test('is read back wherever it is tried again, and free once it is taken', async () => {
    const { deliver, time, memory } = scene('sample', noneOf(1));
    await deliver([change(1)]);
    const elsewhere = newMemory(time);
    const trouble = memory.troubles.of(guid(1));
    elsewhere.troubles.set(guid(1), trouble && { notTaken: trouble.notTaken });
    elsewhere.verification.sampler.begun(1);
    time.advance(30_000);
    const again = await deliver([change(1)], { memory: elsewhere });
    expect(reasonOf(again.verdicts[0])).toBe('NotTaken');
    const { answers, lists } = imageLibrary(time);
    time.advance(60_000);
    const taken = await deliver([change(1)], { memory: elsewhere, answers, lists });
    expect(taken.verdicts).toEqual([{ kind: 'applied' }]);
    expect(elsewhere.troubles.of(guid(1))).toBeUndefined();
  });

  test.each([
    ['is sent as it stands where it was never seen not to be taken', undefined, 2],
    ['is not sent as a late list may show it', 1, 1],
  ])('that is refused later %s', async (_, notTaken, sent) => {
    const { deliver, memory } = scene('all');
    memory.troubles.set(guid(1), { notTaken });
    const { calls } = await deliver([change(1)], {
      answers: () => refusal(),
      ledger: { isKept: true },
    });
    expect(calls).toHaveLength(sent);
  });

  test('is found beside others, which are applied', async () => {
    const { deliver, memory, time } = scene('all', noneOf(3));
    const { verdicts, calls } = await deliver(changesOf(5));
    expect(verdicts.map(reasonOf)).toEqual([
      undefined,
      undefined,
      'NotTaken',
      undefined,
      undefined,
    ]);
    expect(calls.map(({ updates }) => updates.length)).toEqual([5, 1]);
    // It is the image, and not the size of calls.
    expect(memory.verification.callSize.most(time.now())).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a call of which nothing is taken', () => {
  test('says nothing of its size where nobody knows how late lists are', async () => {
    const { deliver, memory, time } = scene('all', { take: () => [] });
    const { verdicts, calls } = await deliver(changesOf(3));
    expect(new Set(verdicts.map(reasonOf))).toEqual(new Set(['NotTaken']));
    expect(calls).toHaveLength(1);
    expect(memory.verification.callSize.most(time.now())).toBe(Number.POSITIVE_INFINITY);
  });

  test('is told by one image alone whether it is the size', async () => {
    const few: LibraryHabits = { take: (updates) => (updates.length > 3 ? [] : updates) };
    const { deliver } = scene('all', few);
    await deliver([change(20)]);
    const { verdicts, calls } = await deliver(changesOf(8));
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect(calls.map(({ updates }) => updates.length)).toEqual([8, 1, 4, 3, 1, 2, 1]);
  });

  test('is left alone where that image is not taken either', async () => {
    const { deliver, library } = scene('all', { take: () => [] });
    const { answers, lists } = imageLibrary(virtualTime());
    await deliver([change(20)], { answers, lists });
    const { verdicts, calls } = await deliver(changesOf(8));
    expect(new Set(verdicts.map(reasonOf))).toEqual(new Set(['NotTaken']));
    expect(calls.map(({ updates }) => updates.length)).toEqual([8, 1]);
    expect(library.of(guid(1)).title).toBe('as uploaded');
  });
});

describe('a late list', () => {
  test('is waited for within the invocation, while other accounts go on', async () => {
    const { deliver, memory, time } = scene('sample', { lag: 60_000 });
    const changes = [change(1), change(2, { account: 'b' })];
    const { verdicts, calls, lists } = await deliver(changes);
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect(calls).toHaveLength(2);
    expect(lists.length).toBeLessThanOrEqual(12);
    expect(memory.verification.lateness.expected).toBeGreaterThanOrEqual(60_000);
    // Nothing else was to be done: that is not to be had again at once.
    expect(memory.verification.waitingTime.isLeft(time.now())).toBe(false);
    expect(memory.verification.waitingTime.isLeft(time.now() + 600_000)).toBe(true);
  });

  test('that is known is asked for when it may be in time', async () => {
    const { deliver } = scene('all', { lag: 60_000 });
    await deliver([change(1)], { available: 1_000_000 });
    const { verdicts, lists } = await deliver([change(2)], { available: 1_000_000 });
    expect(verdicts).toEqual([{ kind: 'applied' }]);
    // The preflight and one reading.
    expect(lists).toHaveLength(2);
  });

  test('that is later than the invocation is long has the image sent twice, and no more', async () => {
    const { deliver, time } = scene('all', { lag: 70_000 });
    const first = await deliver([change(1), change(2)], { available: 60_000 });
    expect(first.verdicts.map(reasonOf)).toEqual(['NotTaken', 'NotTaken']);
    expect(first.calls).toHaveLength(1);
    time.advance(60_000);
    const second = await deliver([change(1), change(2)], {
      available: 60_000,
      ledger: { contradicts: () => true },
    });
    expect(kindsOf(second.verdicts)).toEqual(new Set(['applied']));
    expect(second.calls).toHaveLength(1);
  });

  test('that shows what was there in between is not believed', async () => {
    const { deliver, time } = scene('all', { lag: 20_000 });
    await deliver([change(1, { title: 'A' })], { limits: { verify: 'off' } });
    time.advance(10_000);
    await deliver([change(1, { title: 'B' })], { limits: { verify: 'off' } });
    time.advance(1_000);
    // The preflight shows what was uploaded, and the readings A, then B, then C.
    const { verdicts, figures } = await deliver([change(1, { title: 'C' })]);
    expect(verdicts).toEqual([{ kind: 'applied' }]);
    expect(figures.rewritten).toBe(0);
  });
});

test('what the invocation itself sent before is no rewriting, where a list is late', async () => {
  const { deliver, memory, library } = scene('all', { lag: 20_000 });
  memory.verification.lateness.seen(0, false);
  const changes = ['A', 'B', 'bad'].map((title, n) => change(n + 1, { guid: guid(1), title }));
  // What is asked for last is refused: then each is sent by itself, the oldest first.
  const { verdicts, calls } = await deliver([...changes, change(9)], {
    answers: (call) =>
      call.updates.some(({ title }) => title === 'bad') ? refusal() : library.answers(call),
  });
  const alone = calls.filter(({ updates }) => updates[0]?.guid === guid(1) && updates.length === 1);
  expect(alone.map(({ updates }) => updates[0]?.title)).toEqual(['bad', 'A', 'B', 'bad']);
  expect(verdicts.map(reasonOf).slice(0, 2)).toEqual(['NotTaken', 'NotTaken']);
});

describe('a text that FinerWorks rewrites', () => {
  test.each<[string, (text: string) => string, string]>([
    ['trimmed', (text) => text.trim(), ' A title \n'],
    ['with its blanks folded', (text) => text.replace(/\s+/g, ' '), 'A  title\tof two'],
    ['cut', (text) => text.slice(0, 50), 'A title '.repeat(20)],
    ['with its entities decoded', (text) => text.replaceAll('&amp;', '&'), 'Salt &amp; Pepper'],
    ['normalised', (text) => text.normalize('NFC'), 'Caf\u0065\u0301'],
    ['as something else', () => 'Untitled', 'A title'],
  ])('is applied, counted and told once: %s', async (_, store, title) => {
    const { deliver } = scene('all', { store });
    const { verdicts, figures, calls, rewritten } = await deliver([change(1, { title })]);
    expect(verdicts).toEqual([{ kind: 'applied', stored: { title: store(title) } }]);
    expect(figures).toMatchObject({ rewritten: 1, verified: 1, notTaken: 0 });
    expect(calls).toHaveLength(1);
    expect(rewritten).toMatchObject({ guid: guid(1), field: 'title' });
  });

  test('to what it was is applied all the same', async () => {
    const { deliver } = scene('all', { store: (text) => text.trim() });
    await deliver([change(1, { title: 'A title' })]);
    const { verdicts, calls } = await deliver([change(1, { title: 'A title ' })]);
    expect(verdicts).toEqual([{ kind: 'applied', stored: { title: 'A title' } }]);
    expect(calls).toHaveLength(1);
  });

  test('is told shortened, without control codes', async () => {
    const { deliver } = scene('all', { store: (text) => text.slice(0, 300) });
    const { rewritten } = await deliver([change(1, { title: `\u001b[2J${'x'.repeat(400)}` })]);
    expect(rewritten?.sent).toMatch(/^\uFFFD\[2Jx{96}$/);
    expect(rewritten?.lengths).toEqual([404, 300]);
  });

  test('is not taken for a text that is not taken because it goes on longer', async () => {
    const { deliver } = scene('all');
    const before = 'x'.repeat(60);
    await deliver([change(1, { title: before })]);
    const { answers } = imageLibrary(virtualTime());
    const { verdicts } = await deliver([change(1, { title: `${before} and more` })], { answers });
    expect(verdicts.map(reasonOf)).toEqual(['NotTaken']);
  });
});

describe('a reading that fails', () => {
  const failingAfter =
    (lists: DeliveryParts['lists'], failed = timeout) =>
    (...given: Parameters<NonNullable<DeliveryParts['lists']>>) =>
      given[2] > 1 ? failed : (lists?.(...given) ?? answer(404));

  test('has the image come back with its reason where all are to be verified', async () => {
    const { deliver, library } = scene('all');
    const { verdicts, lists, figures } = await deliver([change(1)], {
      lists: failingAfter(library.lists),
    });
    expect(verdicts.map(reasonOf)).toEqual(['Timeout']);
    expect(lists).toHaveLength(1 + 3);
    expect(figures).toMatchObject({ unverified: 1, verified: 0 });
  });

  test('has it applied in a sample, and the next call read back', async () => {
    const { deliver, library } = scene('sample');
    const { verdicts } = await deliver([change(1)], { lists: failingAfter(library.lists) });
    expect(verdicts).toEqual([{ kind: 'applied' }]);
    expect((await deliver([change(2)])).figures.verified).toBe(1);
  });

  test('after one that showed the image as it was has it come back, in a sample as well', async () => {
    const { deliver, library } = scene('sample', noneOf(1));
    const lists: DeliveryParts['lists'] = (query, _, nth) =>
      nth <= 2 ? library.lists(query) : timeout;
    const { verdicts, figures } = await deliver([change(1)], { lists });
    expect(verdicts.map(reasonOf)).toEqual(['NotTaken']);
    expect(figures).toMatchObject({ notTaken: 1, unverified: 0 });
  });

  test('after one that showed the image as it was leaves it unverified where all are', async () => {
    const { deliver, library } = scene('all', noneOf(1));
    const lists: DeliveryParts['lists'] = (query, _, nth) =>
      nth <= 2 ? library.lists(query) : timeout;
    const { verdicts, figures } = await deliver([change(1)], { lists });
    expect(verdicts.map(reasonOf)).toEqual(['Timeout']);
    expect(figures).toMatchObject({ notTaken: 0, unverified: 1 });
  });

  test('raises no doubts about the calls that went through meanwhile', async () => {
    const { deliver, library } = scene('sample');
    const limits = { maxImagesPerCall: 2 };
    const { verdicts, figures, lists } = await deliver(changesOf(4), {
      lists: failingAfter(library.lists),
      limits,
    });
    expect(kindsOf(verdicts)).toEqual(new Set(['applied']));
    expect(figures).toMatchObject({ unverified: 2, verified: 0 });
    expect(lists).toHaveLength(1 + 3);
  });

  test('that leaves an image out which was shown before says nothing', async () => {
    const { deliver, library } = scene('all');
    const lists: DeliveryParts['lists'] = (query, _, nth) =>
      nth === 1 ? library.lists(query) : success([]);
    const { verdicts } = await deliver([change(1)], { lists });
    expect(verdicts.map(reasonOf)).toEqual(['InventoryUnknown']);
  });

  test('before an update that nobody else looks at keeps it from being sent, where all are verified', async () => {
    const { deliver } = scene('all', {}, 'remove');
    const { verdicts, calls } = await deliver([change(1)], { lists: () => answer(503) });
    expect(verdicts.map(reasonOf)).toEqual(['ServerError']);
    expect(calls).toHaveLength(0);
  });

  test('before an update of a sample does not, and is not made before the next one', async () => {
    const { deliver } = scene('sample', {}, 'remove');
    const first = await deliver([change(1)], { lists: () => answer(503) });
    expect(first.verdicts).toEqual([{ kind: 'applied' }]);
    const second = await deliver([change(2)]);
    expect(second.verdicts).toEqual([{ kind: 'applied' }]);
    expect(second.lists).toHaveLength(0);
  });
});

describe('a larger call than FinerWorks took', () => {
  const HOUR = 3_600_000;

  test('is tried an hour later, and twice the size holds where it is taken', async () => {
    const { deliver, time, library, memory } = scene('sample', firstOnly);
    await deliver(changesOf(4));
    const size = () => memory.verification.callSize.most(time.now());
    expect(size()).toBe(1);
    const whole = { answers: imageLibrary(time).answers };
    time.advance(HOUR);
    const still = await deliver([change(5), change(6), change(7)]);
    expect(still.calls.map(({ updates }) => updates.length)).toEqual([2, 1, 1]);
    expect(library.of(guid(6)).title).toBe('Title 6');
    expect(size()).toBe(1);
    time.advance(HOUR);
    const healed = imageLibrary(time);
    const parts = { answers: healed.answers, lists: healed.lists };
    const { calls } = await deliver([change(8), change(9), change(10)], { ...whole, ...parts });
    expect(calls.map(({ updates }) => updates.length)).toEqual([2, 1]);
    expect(size()).toBe(2);
  });
});

describe('whatever FinerWorks takes of its calls, where all are verified', () => {
  const cases = fc.record({
    images: fc.integer({ min: 1, max: 12 }),
    maxImagesPerCall: fc.integer({ min: 1, max: 6 }),
    lag: fc.constantFrom(0, 0, 500, 5_000, 60_000),
    taken: fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
    virtualInventory: fc.constantFrom('protect' as const, 'remove' as const),
  });

  test('nothing is acknowledged that it does not have, and calls are bounded', async () => {
    await fc.assert(
      fc.asyncProperty(
        cases,
        async ({ images, maxImagesPerCall, lag, taken, virtualInventory }) => {
          let asked = 0;
          const take: LibraryHabits['take'] = (updates) =>
            updates.filter(() => {
              asked += 1;
              return taken[asked % taken.length];
            });
          const { deliver, library } = scene('all', { take, lag }, virtualInventory);
          const limits = { maxImagesPerCall };
          const { verdicts, calls, lists } = await deliver(changesOf(images), { limits });
          for (const [at, verdict] of verdicts.entries()) {
            const n = at + 1;
            if (verdict?.kind === 'applied') expect(library.of(guid(n)).title).toBe(`Title ${n}`);
            else expect(['NotTaken', 'NoTimeLeft']).toContain(reasonOf(verdict));
          }
          // From calls of 6 to 3 and 1, and once more where none of several was taken.
          expect(calls.length).toBeLessThanOrEqual(4 * images);
          expect(lists.length).toBeLessThanOrEqual(20 * calls.length + 1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
