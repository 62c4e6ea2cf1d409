import { describe, expect, test } from '@jest/globals';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { Call } from '../../../lambda/finerworks/call.ts';
import type { Change } from '../../../lambda/images/change.ts';
import type { Ledger } from '../../../lambda/ledger/ledger.ts';
import { delaySeconds } from '../../../lambda/settlement/visibility.ts';
import { isUntried } from '../../../lambda/verdicts/verdict.ts';
import {
  answer,
  badKeys,
  inTurn,
  listOf,
  refusal,
  success,
  timeout,
} from '../../helpers/answers.ts';
import {
  change,
  changesOf,
  type DeliveryParts,
  delivered,
  newMemory,
  reasonOf,
} from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { exceptFor } from '../../helpers/refusals.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const MINUTE = 60_000;
const CONFIRMED = {
  order: { time: '2026-01-01T00:00:00.000000000Z', sentAt: 0, id: 'a' },
  hash: 'h',
  at: 0,
  messageId: 'm',
};

/** Title and description of each image that was sent, call by call. */
const valuesOf = (calls: readonly Call[]) =>
  calls.flatMap(({ updates }) => updates.map(({ title, description }) => [title, description]));

/** A sandbox whose invocations come one after another. */
function sandbox(parts: Omit<DeliveryParts, 'answers'> = {}) {
  const time = virtualTime();
  const memory = newMemory(time);
  return {
    time,
    memory,
    deliver: (changes: readonly Change[], more: DeliveryParts) =>
      delivered(changes, { time, memory, ...parts, ...more }),
  };
}

/** A sandbox whose account took an update a minute ago. */
function provenBefore(): Pick<DeliveryParts, 'time' | 'memory'> {
  const time = virtualTime();
  const memory = newMemory(time);
  memory.healthOf(null).confirmed(time.now() - MINUTE);
  return { time, memory };
}

/** Chances that are the same in every run. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('an image that was refused alone', () => {
  test('is to blame once something went through and it was refused again', async () => {
    const changes = [change(1), change(2)];
    const delivery = await delivered(changes, {
      answers: exceptFor([1], () => refusal('no such image')),
      limits: { maxImagesPerCall: 1 },
    });
    expect(delivery.calls.map(({ updates }) => updates[0]?.guid)).toEqual([
      guid(1),
      guid(2),
      guid(1),
    ]);
    expect(delivery.verdicts).toEqual([
      {
        kind: 'rejected',
        reason: 'Refused',
        detail: 'FinerWorks refused it: HTTP 400: no such image',
        guids: [guid(1)],
        http: { status: 400, excerpt: expect.stringContaining('no such image') },
      },
      { kind: 'applied' },
    ]);
  });

  test('is not to blame for what went through between its refusal and a failure before that', async () => {
    const answers = exceptFor([2]);
    const { calls, verdicts } = await delivered([change(1), change(2)], {
      answers: (call, _keys, nth) => (nth === 1 ? answer(504) : answers(call)),
      ...provenBefore(),
    });
    expect(calls.map(({ updates }) => updates.length)).toEqual([2, 1, 1]);
    expect(verdicts.map(reasonOf)).toEqual([undefined, 'SystemicRefusal']);
  });

  test('is delivered where it is taken the second time', async () => {
    const delivery = await delivered([change(1), change(2)], {
      answers: (_call, _keys, nth) => inTurn([refusal(), success()], nth),
      limits: { maxImagesPerCall: 1 },
    });
    expect(delivery.verdicts).toEqual([{ kind: 'applied' }, { kind: 'applied' }]);
  });

  test('waits as long as nothing goes through, and says so', async () => {
    const { verdicts } = await delivered([change(1)], { answers: () => refusal('no') });
    expect(verdicts).toEqual([
      {
        kind: 'retry',
        reason: 'SystemicRefusal',
        detail:
          'refused, but nothing of the account went through since, so that it may not be the image (1 refused): FinerWorks refused it: HTTP 400: no',
      },
    ]);
  });

  test('is to blame by a success of an invocation in between', async () => {
    const { deliver, time } = sandbox();
    const answers = exceptFor([1]);
    await deliver([change(1)], { answers });
    await deliver([change(2)], { answers });
    time.advance(MINUTE);
    const { verdicts, calls } = await deliver([change(1)], { answers });
    expect(verdicts.map(reasonOf)).toEqual(['Refused']);
    expect(calls).toHaveLength(1);
  });

  test('is not to blame for other values than were refused before', async () => {
    const { deliver } = sandbox();
    const answers = exceptFor([1]);
    await deliver([change(1)], { answers });
    await deliver([change(2)], { answers });
    const { verdicts } = await deliver([change(1, { title: 'another' })], { answers });
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal']);
  });

  test('is to blame by a success that another sandbox saw between two refusals', async () => {
    const { deliver, time } = sandbox();
    const answers = () => refusal();
    await deliver([change(1)], { answers });
    time.advance(MINUTE);
    const evidence = rememberEvidence();
    await evidence.saveAccount(null, { lastSuccessAt: time.now(), refusedSince: [] });
    time.advance(MINUTE);
    const { verdicts, calls, lists } = await deliver([change(1)], { answers, evidence });
    expect(verdicts.map(reasonOf)).toEqual(['Refused']);
    expect(calls).toHaveLength(1);
    expect(lists).toEqual([]);
  });

  test('is not to blame by a success of another account', async () => {
    const { verdicts } = await delivered([change(1), change(2, { account: 'other' })], {
      answers: ({ account }) => (account === null ? refusal() : success()),
    });
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal', undefined]);
  });

  test.each([
    ['failed', answer(500), 'ServerError'],
    ['was not made', badKeys, 'BadKeys'],
  ])('comes back for the second call, where that %s', async (_name, second, reason) => {
    const { verdicts } = await delivered([change(1), change(2)], {
      answers: (_call, _keys, nth) => inTurn([refusal(), success(), second], nth),
      limits: { maxImagesPerCall: 1 },
    });
    expect(verdicts.map(reasonOf)).toEqual([reason, undefined]);
  });

  test('is forgotten once it was taken', async () => {
    const { deliver, memory } = sandbox();
    await deliver([change(1)], { answers: () => refusal() });
    expect(memory.troubles.of(guid(1))?.refused).toBeDefined();
    await deliver([change(1)], { answers: () => success() });
    expect(memory.troubles.of(guid(1))).toBeUndefined();
  });
});

describe('the control', () => {
  const present = { guid: guid(1), title: 'as it is', description: 'there' };
  const ledger = { isKept: true };
  const lists = () => listOf([present]);

  /** Refuses what an event wants; what is there already comes to something else. */
  const refusingNew = (ofPresent: () => Answer = success) => {
    return ({ updates }: Call) => (updates[0]?.title === 'as it is' ? ofPresent() : refusal());
  };

  test('is the image as FinerWorks lists it: where that is taken, the event is to blame', async () => {
    const {
      calls,
      verdicts,
      lists: asked,
    } = await delivered([change(1)], {
      answers: refusingNew(),
      lists,
      ledger,
    });
    expect(valuesOf(calls)).toEqual([
      ['Title 1', undefined],
      ['as it is', 'there'],
      ['Title 1', undefined],
    ]);
    expect(verdicts.map(reasonOf)).toEqual(['Refused']);
    expect(asked).toEqual([{ account: null, guids: [guid(1)], sessionId: 'request-1' }]);
  });

  test('that is refused shows that no image is to blame: the account waits', async () => {
    const { verdicts, memory, time } = await delivered([change(1)], {
      answers: () => refusal(),
      lists,
      ledger,
    });
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal']);
    const { circuit } = memory.healthOf(null);
    expect(circuit.state(time.now())).toBe('open');
    // One update that is taken ends that.
    memory.healthOf(null).confirmed(time.now());
    expect(circuit.state(time.now())).toBe('closed');
  });

  test('that a success leaves out shows nothing', async () => {
    const { verdicts, memory } = await delivered([change(1)], {
      answers: refusingNew(() => success([guid(9)])),
      lists,
      ledger,
    });
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal']);
    expect(memory.healthOf(null).lastSuccessAt).toBe(0);
  });

  test('that a success lists is taken', async () => {
    const { verdicts } = await delivered([change(1)], {
      answers: refusingNew(() => success([guid(1)])),
      lists,
      ledger,
    });
    expect(verdicts.map(reasonOf)).toEqual(['Refused']);
  });

  test('that fails shows nothing', async () => {
    const { verdicts, memory, time } = await delivered([change(1)], {
      answers: refusingNew(() => timeout),
      lists,
      ledger,
    });
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal']);
    expect(memory.healthOf(null).circuit.state(time.now())).toBe('closed');
  });

  test('is one image of several, and speaks for all', async () => {
    const { calls, verdicts } = await delivered(changesOf(3), {
      answers: refusingNew(),
      lists: () => listOf([present]),
      ledger,
      limits: { maxImagesPerCall: 1 },
    });
    expect(calls).toHaveLength(3 + 1 + 3);
    expect(verdicts.map(reasonOf)).toEqual(['Refused', 'Refused', 'Refused']);
  });

  test.each([
    [
      'has products, which any update removes',
      { lists: () => listOf([{ ...present, products: [{}] }]) },
    ],
    ['the ledger knows better than the list', { ledger: { ...ledger, contradicts: () => true } }],
    ['there is no ledger to know better', { ledger: { isKept: false } }],
    ['is not listed', { lists: () => listOf([]) }],
    [
      'shows no values',
      {
        lists: () =>
          answer(200, { status: { success: true }, images: [{ guid: guid(1), products: [] }] }),
      },
    ],
    ['can’t be asked for', { lists: () => answer(500) }],
  ])('is not sent where the image %s', async (_name, parts) => {
    const { calls, verdicts } = await delivered([change(1)], {
      answers: refusingNew(),
      lists,
      ledger,
      ...parts,
    });
    expect(calls).toHaveLength(1);
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal']);
  });

  test('is not sent where the ledger knows better of one field', async () => {
    const contradicts = (_guid: string, field: string) => field === 'description';
    const { calls } = await delivered([change(1)], {
      answers: refusingNew(),
      lists,
      ledger: { ...ledger, contradicts },
    });
    expect(calls).toHaveLength(1);
  });

  test('is not sent where an update of the image was taken by its answer, and never seen', async () => {
    const time = virtualTime();
    const memory = newMemory(time);
    memory.troubles.set(guid(1), { notTaken: time.now() });
    const { calls } = await delivered([change(1)], {
      time,
      memory,
      answers: refusingNew(),
      lists,
      ledger,
    });
    expect(calls).toHaveLength(1);
  });

  test('is not needed where something went through since', async () => {
    const { lists: asked } = await delivered([change(1), change(2)], {
      answers: exceptFor([1]),
      lists,
      ledger,
      limits: { maxImagesPerCall: 1 },
    });
    expect(asked).toEqual([]);
  });

  test('is looked for among the images that nothing else speaks for or against', async () => {
    const { deliver, time } = sandbox({ limits: { maxImagesPerCall: 1 } });
    await deliver([change(1)], { answers: () => refusal() });
    time.advance(MINUTE);
    // The first image is proven to be bad by the second one, and only the third one is open.
    const { lists: asked } = await deliver([change(2), change(1), change(3)], {
      answers: exceptFor([1, 3]),
    });
    expect(asked.map(({ guids }) => guids)).toEqual([[guid(3)]]);
  });

  test('of more than 50 refused images is looked for among 50', async () => {
    const changes = Array.from({ length: 60 }, (_, n) => change(n, { messageId: 'one' }));
    const { lists: asked } = await delivered(changes, {
      answers: refusingNew(),
      lists: () => listOf([]),
      ledger,
      limits: { maxImagesPerCall: 1 },
    });
    expect(asked.map(({ guids }) => new Set(guids).size)).toEqual([50]);
  });
});

describe('an image whose event is young', () => {
  const limits = { maxImagesPerCall: 1 };
  const answers = exceptFor([1], () => refusal('no such image'));
  /** An event about the refused image, sent so many seconds ago, beside one of another image. */
  const wanted = (now: number, secondsAgo: number) => [
    change(1, { order: { ...change(1).order, sentAt: now - secondsAgo * 1_000 } }),
    change(2),
  ];

  test('is tried once more when it is old enough, and then it is to blame', async () => {
    const { deliver, time } = sandbox({ limits });
    const changes = wanted(time.now(), 0);
    const [first] = (await deliver(changes, { answers })).verdicts;
    expect(first).toMatchObject({
      kind: 'retry',
      reason: 'NotKnownYet',
      retryAfterSeconds: 300,
      detail: expect.stringContaining('no such image'),
    });
    time.advance(300_000);
    const later = await deliver(changes, { answers });
    expect(later.verdicts.map(reasonOf)).toEqual(['Refused', undefined]);
  });

  test('goes through where it has become known', async () => {
    const { deliver, time } = sandbox({ limits });
    const changes = wanted(time.now(), 60);
    const [first] = (await deliver(changes, { answers })).verdicts;
    expect(first).toMatchObject({ reason: 'NotKnownYet', retryAfterSeconds: 240 });
    time.advance(240_000);
    const later = await deliver(changes, { answers: () => success() });
    expect(later.verdicts.map((verdict) => verdict?.kind)).toEqual(['applied', 'applied']);
  });

  test.each<[string, Partial<Ledger>, () => Answer, number]>([
    ['its event is older', {}, () => listOf([]), 300],
    [
      'FinerWorks took one of its fields before',
      {
        known: (_guid, field) =>
          field === 'title' ? { settled: CONFIRMED, unsettled: [], isKnown: true } : undefined,
      },
      () => listOf([]),
      0,
    ],
    ['a list shows it', {}, () => listOf([{ guid: guid(1) }]), 0],
  ])('is to blame at once where %s', async (_where, ledger, lists, secondsAgo) => {
    const { deliver, time } = sandbox({
      ledger,
      lists,
      limits: { ...limits, virtualInventory: 'protect' },
    });
    const { verdicts } = await deliver(wanted(time.now(), secondsAgo), { answers });
    expect(verdicts.map(reasonOf)).toEqual(['Refused', undefined]);
  });

  test('waits for itself alone: an older event that wants the same is decided', async () => {
    const { deliver, time } = sandbox({ limits });
    const [young, other] = wanted(time.now(), 0);
    const [old] = wanted(time.now(), 600);
    const changes = [young, old, other].flatMap((one) => one ?? []);
    const { verdicts } = await deliver(changes, { answers });
    expect(verdicts.map(reasonOf).slice(0, 2).sort()).toEqual(['NotKnownYet', 'Refused']);
  });
});

describe('a lone refusal', () => {
  const lists = () => listOf([]);
  const answers = () => refusal();
  const ledger = { isKept: true };

  test('of an image that is not listed is its own fault after ten minutes', async () => {
    const { deliver, time, memory } = sandbox({ lists, ledger });
    await deliver([change(1)], { answers });
    time.advance(10 * MINUTE - 10);
    expect((await deliver([change(1)], { answers })).verdicts.map(reasonOf)).toEqual([
      'SystemicRefusal',
    ]);
    time.advance(10);
    expect((await deliver([change(1)], { answers })).verdicts.map(reasonOf)).toEqual(['Refused']);
    // It says nothing of the account any more.
    expect(memory.healthOf(null).refusedImages(time.now())).toBe(0);
  });

  test('is the fault of the change that wants just that: older ones come back, and are sent', async () => {
    const { deliver, time } = sandbox({ lists, ledger });
    const order = { time: '2026-01-01T00:00:00.000000000Z', sentAt: 0, id: 'older' };
    const older = change(1, { title: 'good', messageId: 'older', order });
    const newer = change(1, { title: 'bad' });
    await deliver([older, newer], { answers });
    time.advance(10 * MINUTE);
    const { verdicts } = await deliver([older, newer], { answers });
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal', 'Refused']);
  });

  test('is nobody’s fault where it can’t be listed', async () => {
    const { deliver, time } = sandbox({ lists: () => answer(500), ledger });
    await deliver([change(1)], { answers });
    time.advance(10 * MINUTE);
    expect((await deliver([change(1)], { answers })).verdicts.map(reasonOf)).toEqual([
      'SystemicRefusal',
    ]);
  });

  test('is none where as many images were refused as a wrong contract would', async () => {
    const { deliver, time } = sandbox({ lists, ledger });
    const changes = changesOf(5, { messageId: 'one' });
    await deliver(changes, { answers });
    time.advance(10 * MINUTE);
    const { verdicts } = await deliver(changes, { answers });
    // One is tried, since the account is left alone by now.
    expect(new Set(verdicts.map(reasonOf))).toEqual(new Set(['Deferred', 'SystemicRefusal']));
    const { deliver: again, time: later } = sandbox({ lists, ledger });
    await again(changes.slice(0, 4), { answers });
    later.advance(10 * MINUTE);
    const few = await again(changes.slice(0, 4), { answers });
    expect(new Set(few.verdicts.map(reasonOf))).toEqual(new Set(['Refused']));
  });
});

describe('a refusal of everything that lasts for six hours', () => {
  test.each([5, 8, 20])(
    'is the fault of none of %d waiting images that are not listed',
    async (count) => {
      const { deliver, time } = sandbox({
        lists: () => listOf([]),
        ledger: { isKept: true },
        random: chances(count),
      });
      const random = chances(count + 1);
      const end = time.now() + 360 * MINUTE;
      const waiting = changesOf(count).map((wanted) => ({ wanted, due: 0, failures: 0 }));
      for (; time.now() < end; time.advance(1_000)) {
        const due = waiting.filter((one) => one.due <= time.now());
        if (due.length === 0) continue;
        const { verdicts } = await deliver(
          due.map(({ wanted }) => wanted),
          { answers: () => refusal() },
        );
        for (const [at, one] of due.entries()) {
          const verdict = verdicts[at];
          if (verdict?.kind !== 'retry') throw new Error(`after hours: ${reasonOf(verdict)}`);
          one.failures += Number(!isUntried(verdict));
          one.due = time.now() + delaySeconds(one.failures, verdict, random) * 1_000;
        }
      }
      expect(waiting.some(({ failures }) => failures > 2)).toBe(true);
    },
  );
});

describe('an account of which much is refused and nothing taken', () => {
  test('is left alone for a while, whatever messages want it', async () => {
    const changes = changesOf(5, { messageId: 'one' });
    const { memory, time } = await delivered(changes, { answers: () => refusal() });
    const { circuit } = memory.healthOf(null);
    expect(circuit.state(time.now())).toBe('open');
    memory.healthOf(null).confirmed(time.now());
    expect(circuit.state(time.now())).toBe('closed');
  });

  test('goes on below that', async () => {
    const { memory, time } = await delivered(changesOf(4), { answers: () => refusal() });
    expect(memory.healthOf(null).circuit.state(time.now())).toBe('closed');
  });
});

describe('a coalesced image that is refused', () => {
  const event = (second: number, parts: Partial<Change>) =>
    change(1, {
      title: undefined,
      ...parts,
      messageId: `m${second}`,
      order: { time: `2026-11-23T10:00:0${second}.000000000Z`, sentAt: 0, id: `${second}` },
    });
  /** Another image of the account, which goes through: so an image may be to blame. */
  const other = change(2);
  const refusesBad = ({ updates }: Call) =>
    updates.some((one) => one.title === 'Bad' || one.description === 'Bad') ? refusal() : success();
  const limits = { maxImagesPerCall: 1 };
  /** Without the calls of the other image. */
  const ofFirst = (calls: readonly Call[]) =>
    calls.filter(({ updates }) => updates[0]?.guid === guid(1));

  const title = event(1, { title: 'Good' });
  const description = event(2, { description: 'Bad' });

  test('is taken apart, oldest first, and only the refused event is to blame', async () => {
    const { deliver } = sandbox({ limits });
    const { calls, verdicts } = await deliver([description, title, other], {
      answers: refusesBad,
    });
    expect(valuesOf(ofFirst(calls))).toEqual([
      ['Good', 'Bad'],
      ['Good', undefined],
      [undefined, 'Bad'],
    ]);
    // Its own values were refused for the first time, and nothing went through since.
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal', undefined, undefined]);
    const next = await deliver([other, description], { answers: refusesBad });
    expect(next.verdicts[1]).toMatchObject({ reason: 'Refused', guids: [guid(1)] });
  });

  test('lets no event overtake an older one that has to be retried', async () => {
    const { calls, verdicts } = await delivered([title, description, other], {
      answers: (call, _keys, nth) => (nth <= 2 ? refusesBad(call) : timeout),
      limits,
    });
    expect(ofFirst(calls)).toHaveLength(2);
    expect(verdicts.map(reasonOf)).toEqual(['Timeout', 'Deferred', undefined]);
  });

  test('lets no event overtake one that FinerWorks had no time for', async () => {
    const { calls, verdicts } = await delivered([title, description, other], {
      answers: (call, _keys, nth) => (nth <= 2 ? refusesBad(call) : answer(429)),
      limits,
    });
    expect(ofFirst(calls)).toHaveLength(2);
    expect(verdicts.map(reasonOf)).toEqual(['Throttled', 'Deferred', undefined]);
  });

  test('has each event that a success leaves out sent once more', async () => {
    const { calls, verdicts } = await delivered([title, description, other], {
      answers: (call, _keys, nth) => (nth === 3 ? success([guid(9)]) : refusesBad(call)),
      limits,
    });
    expect(valuesOf(ofFirst(calls))).toEqual([
      ['Good', 'Bad'],
      ['Good', undefined],
      ['Good', undefined],
      [undefined, 'Bad'],
    ]);
    expect(verdicts.map(reasonOf)).toEqual([undefined, 'SystemicRefusal', undefined]);
  });

  test('lets an event follow one that was refused: that is decided', async () => {
    const events = [event(1, { title: 'Bad' }), event(2, { description: 'Good' })];
    const { calls, verdicts } = await delivered([...events, other], {
      answers: refusesBad,
      limits,
    });
    expect(valuesOf(ofFirst(calls))).toEqual([
      ['Bad', 'Good'],
      ['Bad', undefined],
      [undefined, 'Good'],
    ]);
    expect(verdicts.map(reasonOf)).toEqual(['SystemicRefusal', undefined, undefined]);
  });

  test('lets no event overtake one whose answer never came, whatever came of it then', async () => {
    const { calls, verdicts } = await delivered([title, description, other], {
      answers: (call, _keys, nth) =>
        nth === 3 ? { kind: 'none', cause: 'Network', detail: 'ECONNRESET' } : refusesBad(call),
      limits,
    });
    expect(valuesOf(ofFirst(calls))).toEqual([
      ['Good', 'Bad'],
      ['Good', undefined],
      ['Good', undefined],
    ]);
    expect(verdicts.map(reasonOf)).toEqual([undefined, 'Deferred', undefined]);
  });

  test('lets no event overtake one for which the budget did not last', async () => {
    const { verdicts } = await delivered([title, description, other], {
      answers: refusesBad,
      limits: { ...limits, maxIsolationCalls: 0 },
    });
    expect(verdicts.map(reasonOf)).toEqual(['BudgetSpent', 'Deferred', undefined]);
  });

  test('has no older event sent after a newer one, when the turn of the older one’s account comes', async () => {
    const of = (account: string, n: number, second: number, texts: Partial<Change>) => ({
      ...event(second, { account, ...texts }),
      guid: guid(n),
    });
    const images = [
      of('b', 1, 1, { title: 'Bad' }),
      of('a', 1, 2, { title: 'Newer' }),
      of('a', 1, 3, { title: 'Bad' }),
    ];
    // Of both accounts, images of which a part is refused, and others that go through.
    const rest = ['a', 'b'].flatMap((account, at) => [
      of(account, 2 + at, 4, { title: 'Good' }),
      of(account, 2 + at, 5, { description: 'Bad' }),
      of(account, 4 + at, 6, { title: 'Good' }),
    ]);
    const { calls, verdicts } = await delivered([...rest, ...images], {
      answers: refusesBad,
      limits,
    });
    expect(ofFirst(calls).map(({ account, updates }) => [account, updates[0]?.title])).toEqual([
      ['a', 'Bad'],
      ['b', 'Bad'],
      ['a', 'Newer'],
      ['a', 'Bad'],
    ]);
    expect(verdicts.slice(rest.length).map(reasonOf)).toEqual([
      'SystemicRefusal',
      undefined,
      'Refused',
    ]);
  });

  test('that wants what it has already is not sent again, for whichever event', async () => {
    const events = [
      event(1, { title: 'A' }),
      event(2, { description: 'D' }),
      event(3, { title: 'A' }),
      event(4, { title: 'B' }),
      event(5, { title: 'A' }),
      event(6, { title: 'Bad' }),
    ];
    const { calls, verdicts } = await delivered([...events, other], {
      answers: refusesBad,
      limits,
    });
    expect(valuesOf(ofFirst(calls))).toEqual([
      ['Bad', 'D'],
      ['A', undefined],
      [undefined, 'D'],
      ['B', undefined],
      ['A', undefined],
      ['Bad', undefined],
    ]);
    expect(verdicts.map((verdict) => verdict?.kind)).toEqual([
      ...['applied', 'applied', 'applied'],
      ...['applied', 'applied', 'retry'],
      'applied',
    ]);
  });

  test('is not sent again for an event whose refusal is proven', async () => {
    const events = [event(1, { title: 'A' }), event(2, { title: 'B' }), event(3, { title: 'A' })];
    const { calls, verdicts } = await delivered([...events, other], {
      answers: exceptFor([1]),
      limits,
    });
    // What all want together is A, which was refused before anything went through.
    expect(ofFirst(calls).map(({ updates }) => updates[0]?.title)).toEqual(['A', 'A', 'B']);
    expect(verdicts.map(reasonOf)).toEqual(['Refused', 'SystemicRefusal', 'Refused', undefined]);
  });

  test('for several events that want just the same is sent once, and proves it for all', async () => {
    const same = [event(1, { title: 'Bad' }), event(2, { title: 'Bad' })];
    const { calls, verdicts } = await delivered([...same, other], {
      answers: refusesBad,
      limits,
    });
    expect(ofFirst(calls)).toHaveLength(2);
    expect(verdicts.map(reasonOf)).toEqual(['Refused', 'Refused', undefined]);
  });

  test('for several events that want the same is not sent again after a refusal that proves nothing yet', async () => {
    const events = [
      event(1, { title: 'A', description: 'Bad' }),
      event(2, { title: 'Bad' }),
      event(3, { title: 'Bad' }),
    ];
    const { calls, verdicts } = await delivered([...events, other], {
      answers: refusesBad,
      limits,
    });
    expect(valuesOf(ofFirst(calls))).toEqual([
      ['Bad', 'Bad'],
      ['A', 'Bad'],
      ['Bad', undefined],
    ]);
    expect(verdicts.map(reasonOf)).toEqual([
      ...['SystemicRefusal', 'SystemicRefusal', 'SystemicRefusal'],
      undefined,
    ]);
  });

  test('and that a success leaves out twice waits for proof as a refused one does', async () => {
    const { calls, verdicts } = await delivered([title, description, other], {
      answers: ({ updates }, _keys, nth) =>
        nth > 1 && updates.some((one) => one.guid === guid(1))
          ? success([guid(9)])
          : nth === 1
            ? refusal()
            : success(),
      limits,
    });
    expect(ofFirst(calls)).toHaveLength(5);
    expect(verdicts.slice(0, 2)).toMatchObject(
      [1, 2].map(() => ({
        reason: 'SystemicRefusal',
        detail: expect.stringMatching(/answered success twice, without this image$/),
      })),
    );
  });
});
