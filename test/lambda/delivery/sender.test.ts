import { describe, expect, test } from '@jest/globals';
import type { CallOptions } from '../../../lambda/delivery/send-verdict.ts';
import type { Sender } from '../../../lambda/delivery/sender.ts';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import { type Keys, KeysError } from '../../../lambda/keys/keys.ts';
import type { KeysOf } from '../../../lambda/lanes/key-sets.ts';
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
  callOf,
  type DeliveryParts,
  KEYS,
  keysOf,
  newMemory,
  testSender,
} from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const NEW_KEYS: Keys = { web_api_key: 'web-key-2', app_key: 'app-key-2' };
const call = callOf(1);

/** A sender that is answered so in turn, the last answer for ever. */
function senderTo(answers: readonly Answer[], parts: Omit<DeliveryParts, 'answers'> = {}) {
  return testSender({ ...parts, answers: (_call, _keys, nth) => inTurn(answers, nth) });
}

/** Sends one image of an account so many times. */
async function sendTimes(
  sender: Sender,
  count: number,
  { account = null as string | null, ...options }: CallOptions & { account?: string | null } = {},
) {
  const verdicts = [];
  for (let n = 0; n < count; n += 1) verdicts.push(await sender.send(callOf(1, account), options));
  return verdicts;
}

/** Lists one image of an account. */
function listOnce(sender: Sender, account: string | null, isUsable = (_content: unknown) => true) {
  return sender.list({ account, guids: [guid(1)], sessionId: 'session-1' }, isUsable);
}

describe('a call', () => {
  test.each([
    ['a broken connection', broken('ECONNREFUSED'), 'Network'],
    ['HTTP 408', answer(408), 'Throttled'],
    ['HTTP 429', answer(429), 'Throttled'],
    ['HTTP 503', answer(503), 'ServerError'],
    ['an unreadable success', answer(200, '<html>'), 'UnreadableAnswer'],
    ['a redirect', answer(302), 'Redirected'],
  ])('is made once, whatever comes of it: %s', async (_name, failure, reason) => {
    const { sender, time } = senderTo([failure, success()]);
    expect(await sender.send(call)).toMatchObject({
      kind: 'failed',
      verdict: { kind: 'retry', reason },
      isSlow: false,
    });
    expect(sender.figures).toMatchObject({ calls: 1, keyReloads: 0 });
    expect(time.slept).toEqual([]);
  });

  test('that ran into its timeout is slow: to try it again costs as much again', async () => {
    const { sender } = senderTo([timeout]);
    expect(await sender.send(call)).toEqual({
      kind: 'failed',
      isSlow: true,
      verdict: { kind: 'retry', reason: 'Timeout', detail: 'no answer within 25 s' },
    });
  });

  test.each(['ECONNRESET', 'EPIPE'])(
    'whose kept-alive connection was closed is made once more at once: %s',
    async (code) => {
      const { sender, time } = senderTo([broken(code), success()]);
      expect(await sender.send(call)).toMatchObject({ kind: 'applied' });
      expect(sender.figures.calls).toBe(2);
      expect(time.slept).toEqual([]);
      const always = senderTo([broken(code)]);
      expect(await always.sender.send(call)).toMatchObject({
        kind: 'failed',
        verdict: { reason: 'Network', detail: code },
      });
      expect(always.sender.figures.calls).toBe(2);
    },
  );

  test('that was made before has had that second chance', async () => {
    const { sender } = senderTo([broken(), success()]);
    expect(await sender.send(call, { isRepeated: true })).toMatchObject({ kind: 'failed' });
    expect(sender.figures.calls).toBe(1);
  });

  test('with a defect in sending it concerns itself alone, and says nothing that may hold a key', async () => {
    const { sender } = testSender({
      answers: (_call, { web_api_key }, nth) => {
        if (nth === 1) throw new TypeError(web_api_key);
        return success();
      },
    });
    expect(await sender.send(call)).toMatchObject({
      kind: 'failed',
      verdict: { reason: 'Unexpected', detail: 'sending the call failed: TypeError' },
    });
    expect(sender.log.doubtsOf(guid(1))).toBe(1);
    expect(await sender.send(call)).toMatchObject({ kind: 'applied' });
  });

  test('that could not finish in time is not made', async () => {
    const { sender } = senderTo([success()], { available: 24_999 });
    expect(await sender.send(call)).toMatchObject({
      kind: 'blocked',
      verdict: { reason: 'NoTimeLeft' },
    });
    expect(sender.figures.calls).toBe(0);
  });

  test('keeps the deployment’s pace', async () => {
    const time = virtualTime();
    const { sender } = senderTo([success()], { time, memory: newMemory(time, 2) });
    await sendTimes(sender, 3);
    expect(time.slept).toEqual([500, 500, 500]);
  });

  test('is noted with how far its images got', async () => {
    const { sender } = senderTo([broken('ENOTFOUND'), timeout, success()]);
    await sender.send(call);
    expect(sender.log.sent.has(guid(1))).toBe(false);
    await sender.send(call);
    expect(sender.log.doubtsOf(guid(1))).toBe(1);
  });
});

describe('a call is given up', () => {
  /** An account that answers in so many milliseconds, and had a call that hung. */
  const hanging = async (took: number) => {
    const time = virtualTime();
    const parts = testSender({
      time,
      answers: (_call, _keys, nth) => {
        time.advance(took);
        return nth === 2 ? timeout : success();
      },
      lists: () => success(),
    });
    const { health } = parts.lanes.of(null);
    await sendTimes(parts.sender, 1);
    health.confirmed(time.now());
    await sendTimes(parts.sender, 1);
    return { ...parts, health };
  };

  test('at its timeout as long as none hung, however fast others are answered', async () => {
    const { sender, timeouts } = senderTo([success()]);
    await sendTimes(sender, 3);
    expect(timeouts).toEqual([25, 25, 25]);
  });

  test('after ten times what others take, once one hung although the account works', async () => {
    const { sender, timeouts } = await hanging(1_200);
    await sendTimes(sender, 1);
    expect(timeouts).toEqual([25, 25, 12]);
    const fast = await hanging(200);
    await sendTimes(fast.sender, 1);
    expect(fast.timeouts).toEqual([25, 25, 5]);
  });

  test('at its timeout where nothing is known of calls of its kind', async () => {
    const { sender, timeouts } = await hanging(200);
    await listOnce(sender, null);
    await listOnce(sender, null);
    expect(timeouts.slice(2)).toEqual([25, 5]);
  });

  test('at its timeout where it is of an image that failed alone', async () => {
    const { sender, timeouts } = await hanging(200);
    await sendTimes(sender, 1, { isLikelyToFail: true });
    expect(timeouts.at(-1)).toBe(25);
  });

  test('at its timeout where it is the trial of a half-open circuit', async () => {
    const { sender, timeouts, health, time } = await hanging(200);
    health.circuit.open('update', time.now() - 30_000);
    await sendTimes(sender, 1);
    expect(timeouts.at(-1)).toBe(25);
  });

  test('at its timeout for ten minutes once a slow one went through', async () => {
    const { sender, timeouts, health, time } = await hanging(200);
    health.answerTimes.note('update', 8_000, time.now());
    await sendTimes(sender, 1);
    expect(timeouts.at(-1)).toBe(25);
    time.advance(600_000);
    await sendTimes(sender, 2);
    expect(timeouts.slice(-2)).toEqual([25, 5]);
  });

  test('at its timeout where others are refused in no time: an update may take longer', async () => {
    const { sender, timeouts, lanes, time } = senderTo([refusal()]);
    const { health } = lanes.of(null);
    health.confirmed(time.now());
    health.hung(time.now());
    await sendTimes(sender, 2);
    expect(timeouts).toEqual([25, 25]);
  });
});

describe('Retry-After', () => {
  const pauseAfter = async (failure: Answer, parts: Omit<DeliveryParts, 'answers'> = {}) => {
    const { sender, lanes, time } = senderTo([failure], parts);
    const verdict = await sender.send(call);
    return { verdict, pause: lanes.of(null).health.pace.waitFor(time.now()) };
  };

  test('in seconds is what every call of the account waits for', async () => {
    const { verdict, pause } = await pauseAfter(answer(503, '', '7'));
    expect(verdict).toMatchObject({
      verdict: { kind: 'retry', reason: 'ServerError', retryAfterSeconds: 7 },
    });
    expect(pause).toBe(7_000);
  });

  test('as a date is honoured', async () => {
    const time = virtualTime();
    const date = new Date(time.now() + 9_000).toUTCString();
    const { pause } = await pauseAfter(answer(503, '', date), { time });
    expect(pause).toBe(9_000);
  });

  test('is followed for as long as the setting says, and no longer', async () => {
    const { verdict, pause } = await pauseAfter(answer(429, '', '1000000000'));
    expect(verdict).toMatchObject({ verdict: { retryAfterSeconds: 3_600 } });
    expect(pause).toBe(3_600_000);
    const short = await pauseAfter(answer(429, '', '90'), { limits: { maxRetryAfterSeconds: 60 } });
    expect(short.pause).toBe(60_000);
  });

  test('holds for no other account', async () => {
    const { sender, time } = senderTo([answer(503, '', '600'), success()]);
    await sender.send(callOf(1, 'a'));
    expect(await sender.send(callOf(1, 'a'))).toMatchObject({
      kind: 'blocked',
      verdict: { reason: 'Deferred', retryAfterSeconds: 600 },
    });
    expect(await sender.send(callOf(1, 'b'))).toMatchObject({ kind: 'applied' });
    expect(time.slept).toEqual([]);
  });

  test('that says nothing readable is none', async () => {
    const { verdict, pause } = await pauseAfter(answer(503, '', 'soon'));
    expect(verdict).toEqual({
      kind: 'failed',
      isSlow: false,
      verdict: { kind: 'retry', reason: 'ServerError', detail: 'HTTP 503: an empty answer' },
    });
    expect(pause).toBe(0);
  });
});

test('HTTP 429 slows its account down, less with each answer', async () => {
  const { sender, time } = senderTo([answer(429), success()]);
  await sendTimes(sender, 4);
  expect(time.slept).toEqual([1_000, 1_000, 750]);
  await sendTimes(sender, 1, { account: 'b' });
  expect(time.slept).toHaveLength(3);
  expect(sender.figures.throttled).toBe(1);
});

test('other failures are not counted as throttling', async () => {
  const { sender, time } = senderTo([answer(500), success()]);
  await sendTimes(sender, 2);
  expect(sender.figures.throttled).toBe(0);
  expect(time.slept).toEqual([]);
});

describe('the circuit of an account', () => {
  test('opens after five failures in a row, and the rest is not tried', async () => {
    const { sender } = senderTo([answer(503)]);
    const verdicts = await sendTimes(sender, 7);
    expect(verdicts.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 5 }, () => 'failed'),
      'blocked',
      'blocked',
    ]);
    expect(verdicts[5]).toEqual({
      kind: 'blocked',
      verdict: {
        kind: 'retry',
        reason: 'Deferred',
        detail: 'not tried: the last call ended with ServerError: HTTP 503: an empty answer',
        retryAfterSeconds: 30,
      },
    });
    expect(sender.figures).toMatchObject({ calls: 5, breakerOpenings: 1 });
  });

  test('opens after three timeouts', async () => {
    const { sender } = senderTo([timeout]);
    await sendTimes(sender, 4);
    expect(sender.figures).toMatchObject({ calls: 3, breakerOpenings: 1 });
  });

  test('is no other account’s', async () => {
    const { sender } = senderTo([answer(503)]);
    await sendTimes(sender, 6, { account: 'a' });
    await sendTimes(sender, 1, { account: 'b' });
    expect(sender.figures.calls).toBe(6);
  });

  test('stays closed where other calls go through in between', async () => {
    const failure = answer(500);
    const answers = [failure, failure, failure, failure, success()] as const;
    const { sender } = senderTo([...answers, ...answers]);
    await sendTimes(sender, 10);
    expect(sender.figures).toMatchObject({ calls: 10, breakerOpenings: 0 });
  });

  test('stays closed after a refusal, which is an answer', async () => {
    const failure = answer(500);
    const row = [failure, failure, failure, failure] as const;
    const { sender } = senderTo([...row, refusal(), ...row]);
    await sendTimes(sender, 9);
    expect(sender.figures.breakerOpenings).toBe(0);
  });

  test('stays closed whatever comes of images that failed before', async () => {
    const { sender, lanes } = senderTo([timeout]);
    await sendTimes(sender, 9, { isLikelyToFail: true });
    expect(sender.figures).toMatchObject({ calls: 9, breakerOpenings: 0 });
    expect(lanes.of(null).health.lastFailure).toBe('nothing was tried yet');
  });

  test('opens for updates although preflights are answered', async () => {
    const { sender } = senderTo([answer(500)], { lists: () => success() });
    for (let n = 0; n < 6; n += 1) {
      await Promise.all([sender.send(call), listOnce(sender, null)]);
    }
    expect(sender.figures).toMatchObject({ calls: 5, breakerOpenings: 1 });
  });

  test('opens for preflights that fail', async () => {
    const { sender } = senderTo([success()], { lists: () => answer(500) });
    for (let n = 0; n < 6; n += 1) await listOnce(sender, null);
    expect(sender.figures).toMatchObject({ calls: 0, listCalls: 5, breakerOpenings: 1 });
  });

  test('opens for lists that are answered and can’t be used', async () => {
    const { sender, lanes } = senderTo([success()], { lists: () => success() });
    const seen: unknown[] = [];
    const isUsable = (content: unknown) => {
      seen.push(content);
      return false;
    };
    expect(await listOnce(sender, null, isUsable)).toEqual({
      kind: 'failed',
      isSlow: false,
      verdict: {
        kind: 'retry',
        reason: 'InventoryUnknown',
        detail: 'the list of images, or of their products, is not as documented, or not whole',
      },
    });
    expect(seen).toEqual([JSON.parse(success().text)]);
    for (let n = 1; n < 6; n += 1) await listOnce(sender, null, isUsable);
    expect(sender.figures).toMatchObject({ listCalls: 5, breakerOpenings: 1 });
    expect(sender.log.sent.size).toBe(0);
    expect(lanes.of(null).health.lastFailure).toMatch(/InventoryUnknown/);
  });

  test('lets one image through when it is half-open, and no larger call', async () => {
    const { sender, lanes, time } = senderTo([success()], { lists: () => success() });
    const { circuit } = lanes.of(null).health;
    circuit.open('update', time.now() - 30_000);
    const two = { account: null, guids: [guid(1), guid(2)], sessionId: 'session-1' };
    for (const verdict of [await sender.send(callOf(2)), await sender.list(two, () => true)]) {
      expect(verdict).toMatchObject({ kind: 'blocked', verdict: { reason: 'Deferred' } });
    }
    expect(await listOnce(sender, null)).toMatchObject({ kind: 'applied' });
    expect(circuit.state(time.now())).toBe('half-open');
    expect(await sender.send(call)).toMatchObject({ kind: 'applied' });
    expect(await sender.send(callOf(2))).toMatchObject({ kind: 'applied' });
  });
});

describe('where there is no connection to the host', () => {
  test('all accounts stop after five failures in a row', async () => {
    const { sender } = senderTo([broken('ENOTFOUND')]);
    for (const account of ['a', 'b', 'c', 'd', 'e']) await sendTimes(sender, 1, { account });
    expect(await sendTimes(sender, 1, { account: 'f' })).toMatchObject([
      { kind: 'blocked', verdict: { reason: 'Deferred', retryAfterSeconds: 30 } },
    ]);
    expect(sender.figures.calls).toBe(5);
  });

  test.each([
    ['an update', success(), success()],
    ['a preflight', broken('ENOTFOUND'), success()],
  ])('they begin to count anew after %s', async (name, update, list) => {
    const answers = Array.from({ length: 4 }, () => broken('ENOTFOUND'));
    const { sender } = senderTo([...answers, update, broken('ENOTFOUND')], { lists: () => list });
    for (const account of ['a', 'b', 'c', 'd']) await sendTimes(sender, 1, { account });
    if (name === 'an update') await sendTimes(sender, 1, { account: 'e' });
    else await listOnce(sender, 'e');
    for (const account of ['f', 'g', 'h', 'i']) await sendTimes(sender, 1, { account });
    expect(await sendTimes(sender, 1, { account: 'j' })).toMatchObject([{ kind: 'failed' }]);
  });

  test('that once was, only the account stops', async () => {
    const { sender } = senderTo([broken('ECONNRESET')]);
    await sendTimes(sender, 6, { account: 'a' });
    expect(await sendTimes(sender, 1, { account: 'b' })).toMatchObject([{ kind: 'failed' }]);
  });
});

/** Key sets by account: `own` has one of its own, all others share one. */
function ownKeys(reload = async (): Promise<Keys | undefined> => undefined): KeysOf {
  const [common, own] = [
    { current: KEYS, reload },
    { current: NEW_KEYS, reload },
  ];
  return async (account) => (account === 'own' ? own : common);
}

describe('refused keys', () => {
  test('are read again once, and all calls go on with the new ones', async () => {
    let reads = 0;
    const keys = keysOf(async () => {
      reads += 1;
      return NEW_KEYS;
    });
    const { sender, calls } = senderTo([badKeys, success()], { keys });
    const verdicts = await sendTimes(sender, 3);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'applied']);
    expect(calls.map((made) => made.keys)).toEqual([KEYS, NEW_KEYS, NEW_KEYS, NEW_KEYS]);
    expect(reads).toBe(1);
    expect(sender.figures.keyReloads).toBe(1);
  });

  test.each([
    ['are unchanged', async () => KEYS, 1],
    ['cannot be read', async () => undefined, 1],
    ['are new and refused too', async () => NEW_KEYS, 2],
  ])('stop all accounts with them where those in the secret %s', async (_name, reload, count) => {
    const { sender } = senderTo([badKeys], { keys: ownKeys(reload) });
    for (const account of [null, 'a', 'b']) {
      expect(await sender.send(callOf(1, account))).toMatchObject({
        kind: 'blocked',
        verdict: { kind: 'retry', reason: 'BadKeys' },
      });
    }
    expect(sender.figures.calls).toBe(count);
  });

  test('stop no account with other keys', async () => {
    const answers = (_call: unknown, { web_api_key }: Keys) =>
      web_api_key === KEYS.web_api_key ? badKeys : success();
    const { sender } = testSender({ answers, keys: ownKeys() });
    await sender.send(callOf(1, 'a'));
    expect(await sender.send(callOf(1, 'own'))).toMatchObject({ kind: 'applied' });
  });

  test('stop their account alone where FinerWorks took them for another one', async () => {
    const { sender } = testSender({
      answers: ({ account }) => (account === 'a' ? badKeys : success()),
    });
    await sender.send(callOf(1, 'b'));
    const verdicts = await sendTimes(sender, 2, { account: 'a' });
    expect(verdicts.map(({ kind }) => kind)).toEqual(['blocked', 'blocked']);
    expect(sender.figures.calls).toBe(2);
    expect(await sender.send(callOf(1, 'c'))).toMatchObject({ kind: 'applied' });
  });

  test('stop all accounts after the second one, where FinerWorks took them until then', async () => {
    const { sender } = testSender({
      answers: (_call, _keys, nth) => (nth === 1 ? success() : badKeys),
    });
    for (const account of ['a', 'b', 'c', 'd']) await sender.send(callOf(1, account));
    expect(sender.figures.calls).toBe(3);
  });

  test('that a preflight finds stop updates as well', async () => {
    const { sender } = senderTo([success()], { lists: () => badKeys });
    await listOnce(sender, 'a');
    expect(await sender.send(callOf(1, 'b'))).toMatchObject({ verdict: { reason: 'BadKeys' } });
    expect(sender.figures).toMatchObject({ calls: 0, listCalls: 1 });
  });

  test('of a call that waited for its turn meanwhile are not sent again', async () => {
    const time = virtualTime();
    const { promise: first, resolve: goOn } = Promise.withResolvers<void>();
    const sleep = async (milliseconds: number) => {
      if (milliseconds > 1_000) await first;
    };
    const { sender } = senderTo([badKeys], {
      time: { ...time, sleep },
      memory: newMemory(time, 0.6),
    });
    time.advance(1_000);
    const calls = [sender.send(callOf(1, 'a')), sender.send(callOf(1, 'b'))];
    expect(await calls[0]).toMatchObject({ kind: 'blocked' });
    goOn();
    expect(await calls[1]).toMatchObject({ kind: 'blocked', verdict: { reason: 'BadKeys' } });
    expect(sender.figures.calls).toBe(1);
  });

  test('of an update and of a preflight beside it are read once, and both go on', async () => {
    let reads = 0;
    const keys = keysOf(async () => {
      reads += 1;
      return NEW_KEYS;
    });
    const answers = (_call: unknown, given: Keys) => (given === NEW_KEYS ? success() : badKeys);
    const { sender } = testSender({ answers, lists: answers, keys });
    const verdicts = await Promise.all([sender.send(call), listOnce(sender, null)]);
    expect(verdicts).toMatchObject([{ kind: 'applied' }, { kind: 'applied' }]);
    expect(reads).toBe(1);
  });

  test('that can’t be had stop their account alone', async () => {
    const keys: KeysOf = async (account) => {
      if (account === 'own') throw new KeysError('the secret own holds no keys');
      return keysOf()(account);
    };
    const { sender, lanes } = senderTo([success()], { keys });
    const verdict = { kind: 'retry', reason: 'BadKeys', detail: 'the secret own holds no keys' };
    expect(await sender.send(callOf(1, 'own'))).toEqual({ kind: 'blocked', verdict });
    expect(lanes.of('own').stopped).toEqual(verdict);
    expect(await sender.send(callOf(1, 'a'))).toMatchObject({ kind: 'applied' });
  });

  test('do not count as failures of the account', async () => {
    const { sender } = senderTo([badKeys]);
    await sendTimes(sender, 9);
    expect(sender.figures.breakerOpenings).toBe(0);
  });

  test('by HTTP 401 are refused keys too', async () => {
    const { sender } = senderTo([answer(401)]);
    expect(await sender.send(call)).toMatchObject({
      kind: 'blocked',
      verdict: { reason: 'BadKeys', detail: 'HTTP 401: an empty answer' },
    });
  });
});

describe('HTTP 403', () => {
  test('is one call’s failure after the keys were read again: others go on', async () => {
    const { sender, lanes } = senderTo([answer(403, 'firewall'), success()]);
    expect(await sender.send(call)).toEqual({
      kind: 'failed',
      isSlow: false,
      verdict: { kind: 'retry', reason: 'Forbidden', detail: 'HTTP 403: firewall' },
    });
    expect(lanes.of(null).stopped).toBeUndefined();
    expect(await sender.send(call)).toMatchObject({ kind: 'applied' });
    expect(sender.figures).toMatchObject({ calls: 2, keyReloads: 1 });
  });

  test('goes on with the keys that are in the secret by now', async () => {
    const { sender } = senderTo([answer(403), success()], { keys: keysOf(async () => NEW_KEYS) });
    expect(await sender.send(call)).toMatchObject({ kind: 'applied' });
  });

  test('reads the secret once an invocation', async () => {
    const { sender } = senderTo([answer(403)]);
    await sendTimes(sender, 4);
    expect(sender.figures).toMatchObject({ calls: 4, keyReloads: 1, breakerOpenings: 0 });
    await sendTimes(sender, 1);
    expect(sender.figures.breakerOpenings).toBe(1);
  });
});
