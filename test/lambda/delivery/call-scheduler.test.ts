import { describe, expect, test } from '@jest/globals';
import { CallScheduler, deferred } from '../../../lambda/delivery/call-scheduler.ts';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { Lanes } from '../../../lambda/lanes/lanes.ts';
import { newMemory } from '../../helpers/delivery.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

/** An invocation of a minute, in calls of 25 s at most. */
function scene({ time = virtualTime(), callsPerSecond = undefined as number | undefined } = {}) {
  const memory = newMemory(time, callsPerSecond);
  const lanes = new Lanes(memory, rememberEvidence());
  const bounds = { callTimeout: 25_000, deadline: time.now() + 60_000 };
  const scheduler = new CallScheduler({ clock: time, memory, ...bounds });
  return { time, memory, lanes, lane: lanes.of('a'), other: lanes.of('b'), scheduler };
}

describe('the pace', () => {
  test('without any, a call starts at once', async () => {
    const { scheduler, lane, time } = scene();
    expect(await scheduler.next(lane)).toBeUndefined();
    expect(time.slept).toEqual([]);
  });

  test('of the deployment: two calls that wait side by side start an interval apart', async () => {
    const { scheduler, lane, other, time } = scene({ callsPerSecond: 1 });
    const starts = await Promise.all([scheduler.next(lane), scheduler.next(other)]);
    expect(starts).toEqual([undefined, undefined]);
    expect(time.slept).toEqual([1_000, 1_000]);
  });

  test('of an account holds for its own calls alone', async () => {
    const { scheduler, lane, other, time } = scene();
    lane.health.pace.slowDown(time.now());
    await scheduler.next(other);
    expect(time.slept).toEqual([]);
    await scheduler.next(lane);
    await scheduler.next(lane);
    expect(time.slept).toEqual([1_000, 1_000]);
  });

  test('is the slower of the two', async () => {
    const { scheduler, lane, time } = scene({ callsPerSecond: 0.25 });
    lane.health.pace.slowDown(time.now());
    await scheduler.next(lane);
    expect(time.slept).toEqual([4_000]);
  });
});

describe('a call that waits for one pace', () => {
  test('takes its turn of the other where it starts, and not before', async () => {
    const { scheduler, lane, other, time } = scene({ callsPerSecond: 1 });
    lane.health.pace.pauseUntil(time.now() + 4_000);
    await scheduler.next(lane);
    await scheduler.next(other);
    expect(time.slept).toEqual([4_000, 1_000]);
  });

  test('keeps the account’s interval from where it starts', async () => {
    const { scheduler, lane, time } = scene({ callsPerSecond: 0.25 });
    lane.health.pace.slowDown(time.now());
    await scheduler.next(lane);
    expect(lane.health.pace.waitFor(time.now())).toBe(1_000);
  });
});

describe('a lane is blocked', () => {
  test('by what stopped it, and no other lane is', async () => {
    const { scheduler, lane, other } = scene();
    const stopped = { kind: 'retry', reason: 'BadKeys', detail: 'no' } as const;
    lane.stopped = stopped;
    expect(scheduler.blockedBy(lane)).toBe(stopped);
    expect(await scheduler.next(lane)).toBe(stopped);
    expect(scheduler.blockedBy(other)).toBeUndefined();
  });

  test('while its circuit is open, and comes back when that will be half-open', () => {
    const { scheduler, lane, other, time } = scene();
    lane.health.lastFailure = 'the last call ended with ServerError: HTTP 500';
    lane.health.circuit.open('update', time.now());
    time.advance(10_500);
    expect(scheduler.blockedBy(lane)).toEqual({
      kind: 'retry',
      reason: 'Deferred',
      detail: 'not tried: the last call ended with ServerError: HTTP 500',
      retryAfterSeconds: 20,
    });
    expect(scheduler.blockedBy(other)).toBeUndefined();
    time.advance(19_500);
    expect(scheduler.blockedBy(lane)).toBeUndefined();
  });

  test('while its circuit is half-open, but for calls of one image', async () => {
    const { scheduler, lane, time } = scene();
    lane.health.circuit.open('update', time.now() - 30_000);
    expect(await scheduler.next(lane, 2)).toMatchObject({
      reason: 'Deferred',
      retryAfterSeconds: 0,
    });
    expect(await scheduler.next(lane)).toBeUndefined();
    lane.health.circuit.succeeded('update');
    expect(await scheduler.next(lane, 2)).toBeUndefined();
  });

  test('by a circuit that opened while it waited for more than one image', async () => {
    const time = virtualTime();
    const sleep = async (milliseconds: number) => {
      time.advance(milliseconds);
      lane.health.circuit.open('update', time.now() - 30_000);
    };
    const { scheduler, lane } = scene({ time: { ...time, sleep }, callsPerSecond: 1 });
    expect(await scheduler.next(lane, 2)).toMatchObject({ reason: 'Deferred' });
  });

  test('while the host can’t be reached, as every other lane', () => {
    const { scheduler, memory, lane, other, time } = scene();
    memory.hostCircuit.open('update', time.now());
    for (const blocked of [lane, other]) {
      expect(scheduler.blockedBy(blocked)).toMatchObject({
        reason: 'Deferred',
        retryAfterSeconds: 30,
      });
    }
  });

  test('by a pause that is longer than 10 s; a shorter one is waited for', async () => {
    const { scheduler, lane, time } = scene();
    lane.health.pace.pauseUntil(time.now() + 10_001);
    expect(await scheduler.next(lane)).toEqual({
      kind: 'retry',
      reason: 'Deferred',
      detail: 'not tried, because FinerWorks asked to wait',
      retryAfterSeconds: 11,
    });
    time.advance(1);
    expect(await scheduler.next(lane)).toBeUndefined();
    expect(time.slept).toEqual([10_000]);
  });

  test('by what came while it waited', async () => {
    const time = virtualTime();
    const stopped = deferred('stopped', 0);
    const sleep = async (milliseconds: number) => {
      lane.stopped = stopped;
      time.advance(milliseconds);
    };
    const { scheduler, lane } = scene({ time: { ...time, sleep }, callsPerSecond: 1 });
    expect(await scheduler.next(lane)).toBe(stopped);
  });

  test('by a pause that FinerWorks asked for while it waited', async () => {
    const time = virtualTime();
    const sleep = async (milliseconds: number) => {
      time.advance(milliseconds);
      lane.health.pace.pauseUntil(time.now() + 60_000);
    };
    const { scheduler, lane } = scene({ time: { ...time, sleep }, callsPerSecond: 1 });
    expect(await scheduler.next(lane)).toMatchObject({
      reason: 'Deferred',
      retryAfterSeconds: 60,
    });
  });

  test('and takes no turn from the others', async () => {
    const { scheduler, lane, other, time } = scene({ callsPerSecond: 1 });
    lane.stopped = deferred('stopped', 0);
    await scheduler.next(lane);
    await scheduler.next(other);
    expect(time.slept).toEqual([1_000]);
  });
});

describe('time', () => {
  test('is out when a call could not finish any more, and not before', () => {
    const { scheduler, time } = scene();
    time.advance(35_000);
    expect(scheduler.outOfTime).toBeUndefined();
    time.advance(1);
    expect(scheduler.outOfTime).toEqual({
      kind: 'retry',
      reason: 'NoTimeLeft',
      detail: 'the invocation had no time left for another call',
    });
  });

  test('is kept for as many calls that hang as are expected', () => {
    const { scheduler, time } = scene();
    time.advance(10_000);
    expect(scheduler.keptFor(2)).toBeUndefined();
    time.advance(1);
    expect(scheduler.keptFor(2)).toMatchObject({ reason: 'NoTimeLeft' });
    expect(scheduler.keptFor(1)).toBeUndefined();
  });

  test('is out for a call that would have to wait too long, which takes no turn', async () => {
    const { scheduler, lane, time } = scene({ callsPerSecond: 0.5 });
    time.advance(33_001);
    lane.health.pace.pauseUntil(time.now() + 2_000);
    expect(await scheduler.next(lane)).toMatchObject({ reason: 'NoTimeLeft' });
    time.advance(2_000);
    expect(time.slept).toEqual([]);
  });

  test('is waited before a call is tried again, if enough is left', async () => {
    const { scheduler, time } = scene();
    expect(await scheduler.pause(35_001)).toBe(false);
    expect(await scheduler.pause(0)).toBe(true);
    expect(time.slept).toEqual([]);
    expect(await scheduler.pause(35_000)).toBe(true);
    expect(time.slept).toEqual([35_000]);
  });
});
