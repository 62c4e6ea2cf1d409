import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import type { Keys } from '../../../lambda/finerworks/keys.ts';
import { Pace } from '../../../lambda/finerworks/pace.ts';
import { Sender } from '../../../lambda/finerworks/sender.ts';
import { answer, badKeys, broken, refusal, success, timeout } from '../../helpers/answers.ts';
import { callOf, type DeliveryParts, delivered, KEYS, update } from '../../helpers/delivery.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const call = callOf(1);
const NEW_KEYS = { web_api_key: 'web-key-2', app_key: 'app-key-2' };

/** Delivers calls of one image each, to these answers in turn, the last one for ever. */
async function deliverTo(
  answers: readonly [Answer, ...Answer[]],
  parts: Omit<DeliveryParts, 'answers'> = {},
  calls = [call],
) {
  const delivery = await delivered(calls, {
    ...parts,
    answers: (_call, _keys, nth) => answers[nth - 1] ?? answers[answers.length - 1] ?? answers[0],
  });
  const changes = calls.flatMap(({ updates }) => updates.flatMap((u) => u.changes));
  return { ...delivery, verdicts: changes.map((change) => delivery.book.of(change)[0]) };
}

/** Calls of one image each. */
function singleCalls(count: number) {
  return Array.from({ length: count }, (_, at) => ({ account: null, updates: [update(at + 1)] }));
}

describe('a transient answer', () => {
  test.each([
    ['a time-out', timeout],
    ['a broken connection', broken('ECONNREFUSED')],
    ['HTTP 408', answer(408)],
    ['HTTP 429', answer(429)],
    ['HTTP 503', answer(503)],
    ['an unreadable success', answer(200, '<html>')],
    ['a redirect', answer(302)],
  ])('is tried again: %s', async (_name, failure) => {
    const { verdicts, figures } = await deliverTo([failure, failure, success()]);
    expect(verdicts).toEqual([{ kind: 'applied' }]);
    expect(figures.calls).toBe(3);
  });

  test('is returned with its reason after three attempts', async () => {
    const { verdicts, figures } = await deliverTo([answer(500, 'oh')]);
    expect(verdicts).toEqual([{ kind: 'retry', reason: 'ServerError', detail: 'HTTP 500: oh' }]);
    expect(figures.calls).toBe(3);
  });

  test('is waited for with full jitter, doubling from half a second', async () => {
    const { time } = await deliverTo([answer(500)]);
    expect(time.slept).toEqual([250, 500]);
  });

  test('a reset kept-alive connection gets one immediate retry that counts for nothing', async () => {
    const { figures, time } = await deliverTo([broken('UND_ERR_SOCKET'), success()]);
    expect(figures.calls).toBe(2);
    expect(time.slept).toEqual([]);
    const always = await deliverTo([broken('ECONNRESET')]);
    expect(always.figures.calls).toBe(4);
  });

  test('a defect while sending concerns its own call alone', async () => {
    let calls = 0;
    const twoCalls = singleCalls(2);
    const { book } = await delivered(twoCalls, {
      answers: () => {
        calls += 1;
        if (calls === 1) throw new TypeError('defect');
        return success();
      },
    });
    expect(calls).toBe(2);
    const verdicts = twoCalls.flatMap(({ updates }) => updates.flatMap((u) => u.changes));
    expect(verdicts.map((change) => book.of(change)[0])).toEqual([
      { kind: 'retry', reason: 'Unexpected', detail: expect.stringMatching(/: TypeError$/) },
      { kind: 'applied' },
    ]);
  });
});

describe('Retry-After', () => {
  test('in seconds is honoured', async () => {
    const { time, verdicts } = await deliverTo([answer(429, '', '7'), success()]);
    expect(time.slept).toEqual([7_000]);
    expect(verdicts).toEqual([{ kind: 'applied' }]);
  });

  test('as a date is honoured', async () => {
    const time = virtualTime();
    const date = new Date(time.now() + 9_000).toUTCString();
    await deliverTo([answer(503, '', date), success()], { time });
    expect(time.slept).toEqual([9_000]);
  });

  test('beyond the time that is left ends the attempts and goes with the record', async () => {
    const { figures, verdicts } = await deliverTo([answer(429, '', '600')], { available: 120_000 });
    expect(figures.calls).toBe(1);
    expect(verdicts).toMatchObject([{ reason: 'Throttled', retryAfterSeconds: 600 }]);
  });

  test('beyond the time that is left holds for every call of the invocation', async () => {
    const { figures, verdicts } = await deliverTo(
      [answer(503, '', '600')],
      { available: 120_000 },
      singleCalls(3),
    );
    expect(figures).toMatchObject({ calls: 1, breakerOpenings: 0 });
    expect(verdicts).toMatchObject([
      { reason: 'ServerError', retryAfterSeconds: 600 },
      { reason: 'Deferred', retryAfterSeconds: 600 },
      { reason: 'Deferred', retryAfterSeconds: 600 },
    ]);
  });
});

describe('the deadline', () => {
  test('no call starts that could not finish', async () => {
    const time = virtualTime();
    const started: number[] = [];
    const calls = singleCalls(10);
    const { book } = await delivered(calls, {
      time,
      available: 60_000,
      answers: () => {
        started.push(time.now());
        time.advance(20_000);
        return success();
      },
    });
    expect(started).toHaveLength(2);
    const verdicts = calls
      .flatMap(({ updates }) => updates)
      .flatMap((u) => book.of(u.changes[0] ?? never()));
    expect(verdicts.slice(2)).toEqual(
      Array.from({ length: 8 }, () => expect.objectContaining({ reason: 'NoTimeLeft' })),
    );
  });
});

describe('the breaker', () => {
  test('defers the rest untried after five transient failures in a row', async () => {
    const { figures, verdicts } = await deliverTo([answer(503)], {}, singleCalls(20));
    expect(figures).toMatchObject({ calls: 5, breakerOpenings: 1 });
    expect(verdicts[9]).toMatchObject({
      detail:
        'not tried after 5 failures in a row, the last ServerError: HTTP 503: an empty answer',
    });
    expect(verdicts.slice(2).map((v) => v?.kind === 'retry' && v.reason)).toEqual(
      Array.from({ length: 18 }, () => 'Deferred'),
    );
  });

  test('stays closed where one call always fails and its neighbours go through', async () => {
    const failure = answer(500);
    const answers = [failure, failure, failure, success(), failure, failure, failure, success()];
    const { figures } = await deliverTo(answers as [Answer, ...Answer[]], {}, singleCalls(4));
    expect(figures).toMatchObject({ calls: 8, breakerOpenings: 0, images: 2 });
  });
});

describe('bad keys', () => {
  test('are read again once, and the call goes on with the new ones', async () => {
    let reads = 0;
    const { sent, figures, verdicts } = await deliverTo(
      [badKeys, success()],
      {
        reload: async () => {
          reads += 1;
          return NEW_KEYS;
        },
      },
      singleCalls(3),
    );
    expect(reads).toBe(1);
    expect(sent.map(({ keys }) => keys)).toEqual([KEYS, NEW_KEYS, NEW_KEYS, NEW_KEYS]);
    expect(verdicts).toEqual(Array.from({ length: 3 }, () => ({ kind: 'applied' })));
    expect(figures.keyReloads).toBe(1);
  });

  test.each([
    ['are unchanged', async () => KEYS],
    ['cannot be read', async () => undefined],
    ['are new and refused too', async () => NEW_KEYS],
  ])(
    'return everything without another call where those in the secret %s',
    async (_name, reload) => {
      const { verdicts, sent } = await deliverTo([badKeys], { reload }, singleCalls(3));
      expect(sent.length).toBeLessThanOrEqual(2);
      expect(verdicts).toEqual(
        Array.from({ length: 3 }, () =>
          expect.objectContaining({ kind: 'retry', reason: 'BadKeys' }),
        ),
      );
    },
  );

  test.each([
    ['web_api_key', { ...KEYS, web_api_key: 'new' }],
    ['app_key', { ...KEYS, app_key: 'new' }],
  ])('count as changed where only %s is new', async (_name, keys) => {
    const { verdicts } = await deliverTo([badKeys, success()], { reload: async () => keys });
    expect(verdicts).toEqual([{ kind: 'applied' }]);
  });

  test.each([401, 403])('HTTP %d counts as bad keys', async (status) => {
    const { verdicts } = await deliverTo([answer(status)]);
    expect(verdicts).toMatchObject([{ reason: 'BadKeys' }]);
  });
});

describe('the pace', () => {
  test('lets no call start before its share, and none is saved up', async () => {
    const time = virtualTime();
    const pace = new Pace(2, time.now());
    time.advance(60_000);
    await deliverTo([success()], { time, pace }, singleCalls(4));
    expect(time.slept).toEqual([500, 500, 500]);
  });

  test('starts empty', async () => {
    const time = virtualTime();
    await deliverTo([success()], { time, pace: new Pace(2, time.now()) });
    expect(time.slept).toEqual([500]);
  });

  test('slows down after HTTP 429, less with each answer, and no longer than the invocation', async () => {
    const time = virtualTime();
    const pace = new Pace(undefined, time.now());
    const { figures } = await deliverTo([answer(429), success()], { time, pace }, singleCalls(3));
    // The backoff, what is then left until the pace allows it, and the paces of the others.
    expect(time.slept).toEqual([250, 750, 1_000, 750]);
    expect(figures.throttled).toBe(1);
    time.advance(10_000);
    time.slept.length = 0;
    await deliverTo([success()], { time, pace }, singleCalls(3));
    expect(time.slept).toEqual([]);
  });
});

test('a refusal is an answer: it is not retried and mends the row of failures', async () => {
  const failure = answer(500);
  const answers = [failure, failure, refusal(), failure, failure, failure, success()];
  const { figures } = await deliverTo(answers as [Answer, ...Answer[]], {}, singleCalls(3));
  expect(figures.breakerOpenings).toBe(0);
});

function never(): never {
  throw new Error('an update without a change');
}

describe('a look beside an update', () => {
  const QUERY = { account: null, guids: [update(1).guid], sessionId: 'session-1' };

  /** A sender whose updates and looks are answered as told, by the keys that they bear. */
  function senderOf(answers: { update: (keys: Keys) => Answer; look: (keys: Keys) => Answer }) {
    const time = virtualTime();
    let readings = 0;
    const sender = new Sender({
      clock: time,
      random: () => 0.5,
      send: async (_call, keys) => answers.update(keys),
      listImages: async (_query, keys) => answers.look(keys),
      keys: {
        current: KEYS,
        reload: async () => {
          readings += 1;
          return NEW_KEYS;
        },
      },
      pace: new Pace(undefined, time.now()).forInvocation(),
      callTimeout: 25_000,
      deadline: time.now() + 3_600_000,
    });
    return { sender, readings: () => readings };
  }

  test('finds old keys refused as well: the secret is read once, and both go on', async () => {
    const answerTo = (keys: Keys) => (keys === NEW_KEYS ? success() : badKeys);
    const { sender, readings } = senderOf({ update: answerTo, look: answerTo });
    const verdicts = await Promise.all([sender.send(call), sender.list(QUERY)]);
    expect(verdicts).toMatchObject([{ kind: 'applied' }, { kind: 'applied' }]);
    expect(readings()).toBe(1);
  });

  test('is answered, which does not hide that no update is', async () => {
    const { sender } = senderOf({ update: () => answer(500), look: () => success() });
    for (let n = 0; n < 3; n += 1) await Promise.all([sender.send(call), sender.list(QUERY)]);
    expect(sender.figures).toMatchObject({ calls: 5, breakerOpenings: 1 });
  });
});
