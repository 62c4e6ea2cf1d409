import { expect, test } from '@jest/globals';
import type { CallRetry } from '../../../lambda/finerworks/classify.ts';
import { Pace } from '../../../lambda/finerworks/pace.ts';
import { Turns } from '../../../lambda/finerworks/turns.ts';
import type { Retried } from '../../../lambda/verdicts/verdict.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const STOPPED: Retried = { kind: 'retry', reason: 'Deferred', detail: 'stopped' };

const THROTTLED: CallRetry = {
  kind: 'retry',
  reason: 'Throttled',
  detail: 'HTTP 429',
  retryAfter: null,
  mayTakeEffect: false,
};

/** Turns a second apart, for a minute. */
function turnsOf(time = virtualTime()) {
  const pace = new Pace(1, time.now()).forInvocation();
  const surroundings = { clock: time, random: () => 0.5, pace, callTimeout: 25_000 };
  return new Turns({ ...surroundings, deadline: time.now() + 60_000 });
}

test('two calls that wait side by side start an interval apart', async () => {
  const time = virtualTime();
  const turns = turnsOf(time);
  expect(await Promise.all([turns.next(), turns.next()])).toEqual([undefined, undefined]);
  expect(time.slept).toEqual([1_000, 1_000]);
});

test('whoever still waits when calls are stopped does not start', async () => {
  const time = virtualTime();
  const sleep = async (milliseconds: number) => {
    turns.stop(STOPPED);
    time.advance(milliseconds);
  };
  const turns = turnsOf({ ...time, sleep });
  expect(await turns.next()).toBe(STOPPED);
});

test('what one call is asked to wait for, every call waits for', async () => {
  const time = virtualTime();
  const turns = turnsOf(time);
  const waiting = turns.next({ verdict: { ...THROTTLED, retryAfter: '20' }, attempts: 1 });
  // The clock stands where the other one's wait has not passed yet.
  time.advance(-20_000);
  await turns.next();
  const [asked, beside] = time.slept;
  expect(asked).toBe(20_000);
  expect(beside).toBeGreaterThanOrEqual(20_000);
  await waiting;
});

test('whoever asks to be left alone for longer than there is time means every call', async () => {
  const turns = turnsOf();
  const verdict = { ...THROTTLED, retryAfter: '3600' };
  expect(await turns.next({ verdict, attempts: 1 })).toMatchObject({ reason: 'Throttled' });
  expect(await turns.next()).toMatchObject({ reason: 'Deferred', retryAfterSeconds: 3_600 });
});

test('the first cause of a stop is the one that is told', async () => {
  const turns = turnsOf();
  turns.stop(STOPPED);
  turns.stop({ ...STOPPED, detail: 'another one' });
  expect(await turns.next()).toBe(STOPPED);
});

test('time is out when a call could not finish any more, and not before', () => {
  const time = virtualTime();
  const turns = turnsOf(time);
  time.advance(35_000);
  expect(turns.outOfTime).toBeUndefined();
  time.advance(1);
  expect(turns.outOfTime).toMatchObject({ kind: 'retry', reason: 'NoTimeLeft' });
});
