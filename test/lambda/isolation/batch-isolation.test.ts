import { describe, expect, test } from '@jest/globals';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import {
  answer,
  badKeys,
  broken,
  inTurn,
  refusal,
  success,
  timeout,
} from '../../helpers/answers.ts';
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

const MINUTE = 60_000;

const sizesOf = (delivery: Delivered) => callsOf(delivery).map(({ length }) => length);

/** Parts of a delivery whose accounts had a success so long ago, in milliseconds. */
function provenAgo(
  milliseconds: number,
  accounts: readonly (string | null)[] = [null],
): Pick<DeliveryParts, 'time' | 'memory'> & { readonly time: ReturnType<typeof virtualTime> } {
  const time = virtualTime();
  const memory = newMemory(time);
  for (const account of accounts) memory.healthOf(account).confirmed(time.now() - milliseconds);
  return { time, memory };
}

/** How FinerWorks answers each call that holds one of these images; it takes all others. */
const failingFor = (bad: readonly number[], failure: Answer) => exceptFor(bad, () => failure);

/** Failures that come at once, each of which a single image may be the cause of. */
const FAST: readonly (readonly [string, Answer, string])[] = [
  ['HTTP 500', answer(500, 'oh'), 'ServerError'],
  ['HTTP 403', answer(403, 'firewall'), 'Forbidden'],
  ['a reset connection', broken('ECONNRESET'), 'Network'],
  ['an unreadable success', answer(200, '<html>'), 'UnreadableAnswer'],
  ['a redirect', answer(302), 'Redirected'],
];

describe('a call that failed while the account works', () => {
  test.each(FAST)('is halved until the bad image is alone: %s', async (_name, failure, reason) => {
    const delivery = await delivered(changesOf(8), {
      ...provenAgo(MINUTE),
      answers: failingFor([3], failure),
    });
    expect(delivery.verdicts.map((verdict) => reasonOf(verdict))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => (n === 3 ? reason : undefined)),
    );
    expect(delivery.memory.troubles.of(guid(3))?.failing).toMatchObject({ reason, failures: 1 });
    expect(delivery.memory.troubles.of(guid(1))).toBeUndefined();
  });

  test('holds the bad image in its last part where the others went through: that is not sent whole', async () => {
    const delivery = await delivered(changesOf(8), {
      ...provenAgo(MINUTE),
      answers: failingFor([8], answer(500)),
    });
    expect(callsOf(delivery)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6], [7], [8]]);
  });

  test('of two images of which one went through is sent alone as well: the failure may have passed', async () => {
    const delivery = await delivered(changesOf(2), {
      ...provenAgo(MINUTE),
      answers: failingFor([2], answer(500)),
    });
    expect(callsOf(delivery)).toEqual([[1, 2], [1], [2]]);
    expect(delivery.verdicts.map((verdict) => reasonOf(verdict))).toEqual([
      undefined,
      'ServerError',
    ]);
    expect(delivery.memory.troubles.of(guid(2))?.failing).toMatchObject({ failures: 1 });
  });

  test('is searched on where two parts are bad: what went through proves nothing then', async () => {
    const delivery = await delivered(changesOf(4), {
      ...provenAgo(MINUTE),
      answers: failingFor([1, 4], answer(500)),
    });
    expect(delivery.verdicts.map((verdict) => reasonOf(verdict))).toEqual([
      'ServerError',
      undefined,
      undefined,
      'ServerError',
    ]);
  });

  test('is sent singly at once where it ran into its timeout', async () => {
    const delivery = await delivered(changesOf(5), {
      ...provenAgo(MINUTE),
      answers: failingFor([2], timeout),
    });
    expect(callsOf(delivery)).toEqual([[1, 2, 3, 4, 5], [1], [2], [3], [4], [5]]);
    expect(delivery.verdicts.map((verdict) => reasonOf(verdict))).toEqual([
      ...[undefined, 'Timeout', undefined],
      ...[undefined, undefined],
    ]);
  });

  test('of one image waits for nothing: it is the image', async () => {
    const delivery = await delivered([change(1)], {
      ...provenAgo(MINUTE),
      answers: () => timeout,
    });
    expect(sizesOf(delivery)).toEqual([1]);
  });

  test('waits until every account had its first turn', async () => {
    const changes = [
      ...changesOf(2, { account: 'a' }),
      change(3, { account: 'b' }),
      change(4, { account: 'c' }),
    ];
    const delivery = await delivered(changes, {
      ...provenAgo(MINUTE, ['a']),
      answers: failingFor([2], answer(500)),
    });
    expect(callsOf(delivery)).toEqual([[1, 2], [3], [4], [1], [2]]);
  });

  test('takes turns with those of other accounts', async () => {
    const changes = [...changesOf(4, { account: 'a' })];
    for (let n = 5; n <= 8; n += 1) changes.push(change(n, { account: 'b' }));
    const delivery = await delivered(changes, {
      ...provenAgo(MINUTE, ['a', 'b']),
      answers: failingFor([1, 5], answer(500)),
    });
    expect(callsOf(delivery)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      ...[
        [1, 2],
        [3, 4],
      ],
      ...[
        [5, 6],
        [7, 8],
      ],
      [1],
      [2],
      [5],
      [6],
    ]);
  });
});

describe('evidence that the account works', () => {
  const answers = failingFor([2], answer(500));

  test('is a success of up to ten minutes before the failure', async () => {
    // The call takes a millisecond, and fails at its end.
    const young = await delivered(changesOf(2), { ...provenAgo(10 * MINUTE - 2), answers });
    expect(young.verdicts[0]).toEqual({ kind: 'applied' });
    const old = await delivered(changesOf(2), { ...provenAgo(10 * MINUTE - 1), answers });
    expect(sizesOf(old)).toEqual([2, 2, 2]);
  });

  test('is a success of another call of this invocation', async () => {
    const delivery = await delivered(changesOf(4), {
      answers,
      limits: { maxImagesPerCall: 2 },
    });
    expect(callsOf(delivery)).toEqual([[1, 2], [3, 4], [1], [2]]);
  });

  test('is what another sandbox saw', async () => {
    const time = virtualTime();
    const evidence = rememberEvidence();
    await evidence.saveAccount(null, { lastSuccessAt: time.now() - MINUTE, refusedSince: [] });
    const delivery = await delivered(changesOf(2), { time, evidence, answers });
    expect(callsOf(delivery)).toEqual([[1, 2], [1], [2]]);
  });

  test('is not asked for where this sandbox has it', async () => {
    let loads = 0;
    const store = rememberEvidence();
    const loadAccounts: typeof store.loadAccounts = async (accounts) => {
      loads += 1;
      return store.loadAccounts(accounts);
    };
    const evidence = { ...store, loadAccounts };
    await delivered(changesOf(2), { ...provenAgo(MINUTE), evidence, answers });
    expect(loads).toBe(0);
    await delivered(changesOf(2), { evidence, answers });
    expect(loads).toBe(1);
  });

  test('is not a success of another account', async () => {
    const changes = [change(9, { account: 'other' }), ...changesOf(2)];
    const delivery = await delivered(changes, { answers });
    expect(sizesOf(delivery)).toEqual([1, 2, 2, 2]);
  });
});

describe('a call that failed without evidence that it is the images', () => {
  test.each(FAST)(
    'is tried again whole, three times at most: %s',
    async (name, failure, reason) => {
      const delivery = await delivered(changesOf(4), { answers: () => failure });
      // A reset gets one more at once, the first time.
      const expected = name === 'a reset connection' ? [4, 4, 4, 4] : [4, 4, 4];
      expect(sizesOf(delivery)).toEqual(expected);
      const reasons = delivery.verdicts.map((verdict) => reasonOf(verdict));
      expect(reasons).toEqual([reason, reason, reason, reason]);
      expect(delivery.memory.troubles.of(guid(1))).toBeUndefined();
    },
  );

  test('is delivered where a later attempt goes through', async () => {
    const delivery = await delivered(changesOf(2), {
      answers: (_call, _keys, nth) => inTurn([answer(500), answer(500), success()], nth),
    });
    expect(delivery.verdicts).toEqual([{ kind: 'applied' }, { kind: 'applied' }]);
    expect(delivery.figures).toMatchObject({ calls: 3, images: 2, isolationCalls: 2 });
  });

  test('is tried again with full jitter, doubling from half a second', async () => {
    const { time } = await delivered([change(1)], { answers: () => answer(500) });
    expect(time.slept).toEqual([250, 500]);
  });

  test('is not tried again where it ran into its timeout: that costs as much again', async () => {
    const delivery = await delivered(changesOf(4), { answers: () => timeout });
    expect(sizesOf(delivery)).toEqual([4]);
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['Timeout']));
  });

  test('is not tried again where there is no time', async () => {
    const delivery = await delivered(changesOf(4), {
      answers: () => answer(500),
      available: 25_100,
    });
    expect(sizesOf(delivery)).toEqual([4]);
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['ServerError']));
  });

  test('is not tried again once the circuit is open: it keeps its own reason', async () => {
    const delivery = await delivered(changesOf(5), {
      answers: () => answer(503),
      limits: { maxImagesPerCall: 1 },
    });
    expect(delivery.figures).toMatchObject({ calls: 5, breakerOpenings: 1 });
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['ServerError']));
  });
});

describe('a throttled call', () => {
  test.each([408, 429])('is no image’s fault: HTTP %d is tried again whole', async (status) => {
    const delivery = await delivered(changesOf(4), {
      ...provenAgo(MINUTE),
      answers: (_call, _keys, nth) => inTurn([answer(status), success()], nth),
    });
    expect(sizesOf(delivery)).toEqual([4, 4]);
    expect(delivery.verdicts.map((verdict) => verdict?.kind)).toEqual(
      Array.from({ length: 4 }, () => 'applied'),
    );
  });

  test('is tried again after the pause that it asked for, if that is short', async () => {
    const delivery = await delivered(changesOf(2), {
      answers: (_call, _keys, nth) => inTurn([answer(429, '', '9'), success()], nth),
    });
    expect(delivery.time.slept).toEqual([250, 8_750]);
    expect(delivery.verdicts).toEqual([{ kind: 'applied' }, { kind: 'applied' }]);
  });

  test('comes back where the pause is long, with what it asked for', async () => {
    const delivery = await delivered(changesOf(2), {
      answers: (_call, _keys, nth) => inTurn([answer(429, '', '60'), success()], nth),
    });
    expect(sizesOf(delivery)).toEqual([2]);
    expect(delivery.verdicts[0]).toMatchObject({ reason: 'Throttled', retryAfterSeconds: 60 });
  });
});

describe('a preflight that failed', () => {
  const empty = answer(200, { status: { success: true }, images: [] });
  const limits = { virtualInventory: 'protect' } as const;

  test('is searched as an update is: the bad image alone comes back', async () => {
    const delivery = await delivered(changesOf(4), {
      ...provenAgo(MINUTE),
      answers: () => success(),
      lists: ({ guids }) => (guids.includes(guid(2)) ? answer(500) : empty),
      limits,
    });
    expect(delivery.verdicts.map((verdict) => verdict?.kind)).toEqual([
      ...['applied', 'retry'],
      ...['applied', 'applied'],
    ]);
    expect(delivery.lists.map(({ guids }) => guids.length)).toEqual([4, 2, 2, 1, 1]);
    expect(callsOf(delivery)).toEqual([[3, 4], [1]]);
    expect(delivery.memory.troubles.of(guid(2))?.failing).toMatchObject({ failures: 1 });
  });

  test('is tried again whole without evidence, and what it allows is sent', async () => {
    const delivery = await delivered(changesOf(2), {
      answers: () => success(),
      lists: (_query, _keys, nth) => inTurn([answer(500), empty], nth),
      limits,
    });
    expect(delivery.lists).toHaveLength(2);
    expect(delivery.verdicts).toEqual([{ kind: 'applied' }, { kind: 'applied' }]);
  });
});

describe('a success with a list of images', () => {
  test('sends what it leaves out once more, alone', async () => {
    const delivery = await delivered(changesOf(4), {
      answers: ({ updates }) => success(updates.length === 1 ? [guid(9)] : [guid(1), guid(2)]),
    });
    expect(callsOf(delivery)).toEqual([[1, 2, 3, 4], [3], [4]]);
    expect(delivery.verdicts.map((verdict) => verdict?.kind)).toEqual([
      ...['applied', 'applied'],
      ...['retry', 'retry'],
    ]);
    expect(delivery.verdicts[2]).toMatchObject({
      reason: 'SystemicRefusal',
      detail: expect.stringMatching(/: FinerWorks answered success twice, without this image$/),
    });
  });

  test('sends all that it leaves out singly, however much that is', async () => {
    const delivery = await delivered(changesOf(6), {
      answers: ({ updates }) =>
        success(updates.length === 6 ? [guid(1)] : updates.map((one) => one.guid)),
    });
    expect(callsOf(delivery)).toEqual([[1, 2, 3, 4, 5, 6], [2], [3], [4], [5], [6]]);
    expect(delivery.figures.images).toBe(6);
  });

  test('in a search for something else leaves an image out for the first time', async () => {
    const delivery = await delivered(changesOf(3), {
      answers: (call, _keys, nth) => (nth === 2 ? success([guid(9)]) : exceptFor([3])(call)),
    });
    // The first image is left out of the second call, and taken when it is sent once more.
    expect(callsOf(delivery).slice(0, 4)).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(delivery.verdicts.map((verdict) => verdict?.kind)).toEqual([
      ...['applied', 'applied', 'rejected'],
    ]);
  });

  test('takes an image that the second answer lists as updated', async () => {
    const delivery = await delivered(changesOf(2), {
      answers: ({ updates }) =>
        success(updates.length === 1 ? updates.map((one) => one.guid) : [guid(1)]),
    });
    expect(delivery.figures).toMatchObject({ calls: 2, images: 2, isolationCalls: 1 });
  });

  test('that is empty says nothing', async () => {
    const delivery = await delivered(changesOf(2), { answers: () => success([]) });
    expect(delivery.figures).toMatchObject({ calls: 1, images: 2 });
  });
});

describe('a request that is too large', () => {
  test('is halved and blames no image', async () => {
    const delivery = await delivered(changesOf(8), {
      answers: ({ updates }) => (updates.length > 2 ? answer(413) : success()),
    });
    expect(sizesOf(delivery)).toEqual([8, 4, 4, 2, 2, 2, 2]);
    expect(delivery.figures.images).toBe(8);
  });

  test('of one image is a refusal of it', async () => {
    const delivery = await delivered([change(1), change(2)], {
      answers: exceptFor([1], (_bad, { updates }) =>
        updates.length > 1 ? answer(413) : answer(413, 'too large'),
      ),
    });
    expect(delivery.verdicts[0]).toMatchObject({
      kind: 'rejected',
      reason: 'Refused',
      http: { status: 413, excerpt: 'too large' },
    });
  });
});

describe('the budget', () => {
  test('of an account is spent by its own calls alone; beyond it the rest comes back', async () => {
    const changes = [...changesOf(50, { account: 'a' })];
    for (let n = 51; n <= 54; n += 1) changes.push(change(n, { account: 'b' }));
    const delivery = await delivered(changes, {
      answers: exceptFor([50, 54]),
      limits: { maxIsolationCalls: 2 },
    });
    const reasons = delivery.verdicts.map((verdict) => reasonOf(verdict));
    expect(reasons.slice(0, 38)).toEqual(Array.from({ length: 38 }, () => undefined));
    expect(reasons.slice(38, 50)).toEqual(Array.from({ length: 12 }, () => 'BudgetSpent'));
    expect(delivery.figures.isolationCalls).toBe(4);
    expect(reasons.slice(50, 53)).toEqual([undefined, undefined, undefined]);
  });

  test('that is spent leaves the reason of what failed', async () => {
    const delivery = await delivered(changesOf(8), {
      ...provenAgo(MINUTE),
      answers: failingFor([1], answer(500)),
      limits: { maxIsolationCalls: 1 },
    });
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['ServerError']));
  });
});

describe('time that runs out', () => {
  test('leaves the rest of a search for later', async () => {
    const time = virtualTime();
    const delivery = await delivered(changesOf(8), {
      time,
      available: 60_000,
      answers: (call) => {
        time.advance(12_000);
        return exceptFor([8])(call);
      },
    });
    expect(sizesOf(delivery)).toEqual([8, 4, 2]);
    expect(delivery.figures.isolationCalls).toBe(2);
    expect(delivery.verdicts.map((verdict) => reasonOf(verdict))).toEqual([
      ...Array.from({ length: 6 }, () => undefined),
      ...['NoTimeLeft', 'NoTimeLeft'],
    ]);
  });
});

describe('an account that is stopped', () => {
  test('leaves the rest of its search, and no call is counted that was not made', async () => {
    const refusals = { answers: [refusal(), refusal(), badKeys] };
    const delivery = await delivered(changesOf(8), {
      answers: (_call, _keys, nth) => inTurn(refusals.answers, nth),
      limits: { maxImagesPerCall: 4 },
    });
    expect(sizesOf(delivery)).toEqual([4, 4, 2]);
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['BadKeys']));
    expect(delivery.figures.isolationCalls).toBe(1);
  });

  test('in the middle of a set leaves its last part too: it is not known to be bad', async () => {
    const delivery = await delivered(changesOf(3), {
      answers: (_call, _keys, nth) => inTurn([refusal(), badKeys], nth),
    });
    expect(sizesOf(delivery)).toEqual([3, 1]);
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['BadKeys']));
  });

  test('keeps the reason of what failed', async () => {
    const delivery = await delivered(changesOf(4), {
      ...provenAgo(MINUTE),
      answers: (_call, _keys, nth) => inTurn([answer(500), badKeys], nth),
    });
    expect(sizesOf(delivery)).toEqual([4, 2]);
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['ServerError']));
  });
});

test('an image that is refused alone in its first call is not sent again for that', async () => {
  const delivery = await delivered([change(1)], { answers: () => refusal() });
  expect(sizesOf(delivery)).toEqual([1]);
});

test('a part that is throttled in a search is tried again whole', async () => {
  const delivery = await delivered(changesOf(4), {
    ...provenAgo(MINUTE),
    answers: (_call, _keys, nth) => inTurn([answer(500), answer(429), success()], nth),
  });
  expect(callsOf(delivery)).toEqual([
    [1, 2, 3, 4],
    [1, 2],
    [3, 4],
    [1, 2],
  ]);
  expect(new Set(delivery.verdicts.map((verdict) => verdict?.kind))).toEqual(new Set(['applied']));
});

describe('where everything is refused', () => {
  test('the search stops at five images of two messages, and all comes back', async () => {
    const delivery = await delivered(changesOf(50), { answers: () => refusal() });
    expect(new Set(delivery.verdicts.map(reasonOf))).toEqual(new Set(['SystemicRefusal']));
    expect(delivery.sent.length).toBeLessThan(20);
  });

  test('single images are tried after three failed calls: one that goes through says most', async () => {
    const delivery = await delivered(changesOf(50), { answers: () => refusal() });
    expect(sizesOf(delivery).slice(0, 6)).toEqual([50, 25, 25, 13, 12, 1]);
  });

  test('no image is passed over when the last ones are tried singly', async () => {
    const delivery = await delivered(changesOf(5, { messageId: 'one' }), {
      answers: () => refusal(),
      limits: { maxImagesPerCall: 3 },
    });
    expect(callsOf(delivery)).toEqual([[1, 2, 3], [4, 5], [1], [2], [3], [4], [5]]);
  });

  test('of a set that is tried so the rest is not sent whole again', async () => {
    const delivery = await delivered(changesOf(8, { messageId: 'one' }), {
      answers: () => refusal(),
      limits: { maxImagesPerCall: 5 },
    });
    expect(callsOf(delivery).slice(0, 7)).toEqual([
      ...[
        [1, 2, 3, 4, 5],
        [6, 7, 8],
      ],
      ...[
        [1, 2, 3],
        [4, 5],
      ],
      ...[[6], [7], [8]],
    ]);
    // Five failed calls by now: of the first three one is sent, and the others are known to be bad.
    expect(callsOf(delivery).slice(7)).toEqual([[1], [4], [5], [2], [3]]);
  });

  test('what is left when one is tried alone is not known to be refused: the last of it is judged by itself', async () => {
    const delivery = await delivered(changesOf(8, { messageId: 'one' }), {
      answers: exceptFor([1, 3, 4, 5, 6, 7, 8]),
      limits: { maxImagesPerCall: 5 },
    });
    expect(callsOf(delivery).slice(7, 12)).toEqual([[1], [4], [5], [2], [3]]);
    // What went through came before its first refusal; the others were refused before and after that.
    expect(delivery.verdicts.map(reasonOf)).toEqual([
      ...['Refused', undefined, 'SystemicRefusal', 'Refused'],
      ...['Refused', 'Refused', 'Refused', 'Refused'],
    ]);
  });

  test('images are tried singly after just three failed calls', async () => {
    const long = { title: 'x'.repeat(600), messageId: 'one' };
    const changes = changesOf(7, { messageId: 'one' }).map((one, at) =>
      at < 3 ? { ...one, ...long } : one,
    );
    const delivery = await delivered(changes, {
      answers: () => refusal(),
      limits: { maxBytesPerCall: 2_040 },
    });
    expect(callsOf(delivery).slice(0, 6)).toEqual([
      ...[
        [1, 2, 3],
        [4, 5, 6, 7],
      ],
      ...[[1], [2], [3]],
      [4],
    ]);
  });

  test('other accounts go on', async () => {
    const changes = [...changesOf(50, { account: 'a' }), change(60, { account: 'b' })];
    const delivery = await delivered(changes, {
      answers: ({ account }) => (account === 'a' ? refusal() : success()),
    });
    expect(delivery.verdicts.at(-1)).toEqual({ kind: 'applied' });
  });
});

describe('an answer that names only the first of several bad images', () => {
  test('is no worse than one that names none', async () => {
    const bad = [5, 12, 20, 28, 37, 45];
    const naming = await delivered(changesOf(50), {
      answers: exceptFor(bad, ([first]) => refusal(`not found: ${first}`)),
    });
    const silent = await delivered(changesOf(50), { answers: exceptFor(bad) });
    expect(naming.sent.length).toBeLessThanOrEqual(silent.sent.length);
    const taken = naming.verdicts.filter((verdict) => verdict?.kind === 'applied');
    expect(taken).toHaveLength(44);
  });
});

test('images are told to the ledger as soon as their last verdict is known, and once', async () => {
  const delivery = await delivered(changesOf(4), {
    ...provenAgo(MINUTE),
    answers: failingFor([1], answer(500)),
  });
  const told = delivery.decided.map((guids) => guids.map(numberOf));
  expect(told.filter(({ length }) => length > 0)).toEqual([[3, 4], [2]]);
});

describe('a search', () => {
  test('sends no image again that would hang once more, the others being good', async () => {
    const delivery = await delivered(changesOf(3), {
      ...provenAgo(MINUTE),
      answers: failingFor([3], timeout),
    });
    expect(callsOf(delivery)).toEqual([[1, 2, 3], [1], [2]]);
    expect(delivery.verdicts.map(reasonOf)).toEqual([undefined, undefined, 'Timeout']);
  });

  test('believes what is said of a part, where nothing was said of the whole', async () => {
    const delivery = await delivered(changesOf(8), {
      ...provenAgo(MINUTE),
      answers: exceptFor([2], ([bad], { updates }) =>
        refusal(updates.length === 8 ? 'no' : `${bad} is bad`),
      ),
    });
    expect(callsOf(delivery)).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [1, 3, 4],
      [2],
    ]);
  });

  test('does not believe a part’s answer where the whole’s named an image: each may name one more', async () => {
    const { sent } = await delivered(changesOf(8), {
      ...provenAgo(MINUTE),
      answers: exceptFor([1, 8], (bad) => refusal(`${bad.at(-1)} is bad`)),
    });
    expect(callsOf({ sent }).slice(0, 4)).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [1, 2, 3, 4, 5, 6, 7],
      [8],
      [1, 2, 3, 4],
    ]);
  });

  test('asks for no list again that said too little', async () => {
    const { lists, verdicts } = await delivered([change(1)], {
      ...provenAgo(MINUTE),
      answers: () => success(),
      lists: () => refusal(),
      limits: { virtualInventory: 'protect' },
    });
    expect(verdicts.map(reasonOf)).toEqual(['InventoryUnknown']);
    expect(lists).toHaveLength(1);
  });

  test('tries an image once more that the answer to a part leaves out', async () => {
    let isLeftOut = true;
    const answerTo = exceptFor([1]);
    const delivery = await delivered(changesOf(8), {
      ...provenAgo(MINUTE),
      answers: (call) => {
        const guids = call.updates.map((update) => update.guid);
        if (guids.includes(guid(1)) || !guids.includes(guid(8))) return answerTo(call);
        const shown = isLeftOut ? guids.filter((id) => id !== guid(8)) : guids;
        isLeftOut = false;
        return success(shown);
      },
    });
    expect(callsOf(delivery)).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      ...[[1, 2, 3, 4], [5, 6, 7, 8], [1, 2], [3, 4], [8], [1], [2], [1]],
    ]);
    expect(delivery.verdicts.map(reasonOf)).toEqual(['Refused', ...Array(7).fill(undefined)]);
  });

  test('tells an image to be decided when it is so in every account', async () => {
    const changes = [
      ...changesOf(2, { account: 'a' }),
      ...changesOf(2, { account: 'b', title: undefined, description: 'd' }),
    ];
    const { decided } = await delivered(changes, {
      ...provenAgo(MINUTE, ['a', 'b']),
      answers: ({ updates }) => (updates.length === 2 ? answer(500) : success()),
    });
    expect(decided.flat()).toEqual([guid(1), guid(2)]);
  });
});
