import { describe, expect, test } from '@jest/globals';
import { AccountHealth } from '../../../lambda/lanes/account-health.ts';
import { guid } from '../../helpers/records.ts';

const NOW = 1_000_000;
const TWO_HOURS = 7_200_000;
const guids = (count: number) => Array.from({ length: count }, (_, n) => guid(n));
/** Images that were refused at a moment, as sandboxes tell one another of them. */
const refusedAt = (at: number, ...numbers: readonly number[]) =>
  numbers.map((n) => ({ guid: guid(n), at }));

/** An account of which so many images were refused alone. */
function refusedTimes(count: number): AccountHealth {
  const health = new AccountHealth();
  for (const id of guids(count)) health.refused(id, NOW);
  return health;
}

describe('evidence', () => {
  test('is nothing before anything was sent', () => {
    const health = new AccountHealth();
    expect([health.lastSuccessAt, health.refusedImages(NOW)]).toEqual([0, 0]);
    expect(health.takeEvidence(NOW)).toBeUndefined();
  });

  test('counts each refused image once, 20 at most', () => {
    const health = refusedTimes(3);
    health.refused(guid(0), NOW);
    expect(health.refusedImages(NOW)).toBe(3);
    expect(refusedTimes(25).refusedImages(NOW)).toBe(20);
  });

  test('is of the images that were refused last', () => {
    const health = refusedTimes(20);
    for (let n = 20; n < 30; n += 1) health.refused(guid(n), NOW + TWO_HOURS);
    expect(health.refusedImages(NOW + TWO_HOURS)).toBe(10);
    expect(health.takeEvidence(NOW)?.refusedSince).toEqual([
      ...refusedAt(NOW, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19),
      ...refusedAt(NOW + TWO_HOURS, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
    ]);
  });

  test('is of images that still wait: a refusal counts for two hours', () => {
    const health = refusedTimes(3);
    expect(health.refusedImages(NOW + TWO_HOURS - 1)).toBe(3);
    health.refused(guid(1), NOW + 1);
    expect(health.refusedImages(NOW + TWO_HOURS)).toBe(1);
    expect(health.takeEvidence(NOW + TWO_HOURS)?.refusedSince).toEqual(refusedAt(NOW + 1, 1));
  });

  test('of refusals is over with a success', () => {
    const health = refusedTimes(3);
    health.confirmed(NOW);
    expect([health.lastSuccessAt, health.refusedImages(NOW)]).toEqual([NOW, 0]);
  });
});

describe('a confirmed update', () => {
  test.each(['update', 'refusal'] as const)('closes the circuit that was opened by: %s', (kind) => {
    const health = new AccountHealth();
    health.circuit.open(kind, NOW);
    health.confirmed(NOW);
    expect(health.circuit.state(NOW)).toBe('closed');
  });

  test('does not close a circuit that was opened by preflights', () => {
    const health = new AccountHealth();
    health.circuit.open('preflight', NOW);
    health.confirmed(NOW);
    expect(health.circuit.state(NOW)).toBe('open');
  });
});

describe('an image that is to blame', () => {
  test('says nothing of the account any more, which is worth a write', () => {
    const health = refusedTimes(2);
    health.takeEvidence(NOW);
    health.blamed(guid(0), NOW);
    expect(health.refusedImages(NOW)).toBe(1);
    expect(health.takeEvidence(NOW)).toEqual({ lastSuccessAt: 0, refusedSince: refusedAt(NOW, 1) });
  });

  test('is forgotten even where something is worth a write already', () => {
    const health = refusedTimes(2);
    health.blamed(guid(0), NOW);
    expect(health.refusedImages(NOW)).toBe(1);
    health.takeEvidence(NOW);
    health.blamed(guid(99), NOW);
    expect(health.takeEvidence(NOW)).toBeUndefined();
  });
});

describe('images that go together', () => {
  /** An account that works, and yet had a call that hung. */
  function hanging(): AccountHealth {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.hung(NOW + 1);
    return health;
  }

  test('are as many as a call takes, and ten once a call hung although the account works', () => {
    expect(new AccountHealth().imagesTogether).toBe(1_000);
    expect(hanging().imagesTogether).toBe(10);
  });

  test('stay as many where nothing of the account went through for ten minutes', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.hung(NOW + 600_000);
    expect(health.imagesTogether).toBe(1_000);
  });

  test('are a tenth more with each call that goes through, up to what any call takes', () => {
    const health = hanging();
    const sizes = Array.from({ length: 5 }, () => {
      health.wentThrough();
      return health.imagesTogether;
    });
    expect(sizes).toEqual([11, 12, 13, 14, 16]);
    expect(health.isHanging).toBe(true);
    for (let n = 0; n < 60; n += 1) health.wentThrough();
    expect(health.imagesTogether).toBe(1_000);
    expect(health.isHanging).toBe(false);
  });

  test('are as many as ever after an outage', () => {
    const health = hanging();
    health.circuit.open('update', NOW);
    health.answered('preflight', NOW + 60_000);
    expect(health.imagesTogether).toBe(1_000);
    expect(health.isHanging).toBe(false);
  });
});

describe('what other sandboxes saw', () => {
  test('later than any success here takes the place of what is known', () => {
    const health = refusedTimes(3);
    health.learn({ lastSuccessAt: NOW, refusedSince: refusedAt(NOW + 1, 7) });
    expect([health.lastSuccessAt, health.refusedImages(NOW)]).toEqual([NOW, 1]);
  });

  test('since the same success is added, 20 images at most', () => {
    const health = refusedTimes(1);
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW, 0, 1) });
    expect(health.refusedImages(NOW)).toBe(2);
    const other = new AccountHealth();
    other.learn({ lastSuccessAt: 0, refusedSince: guids(30).map((id) => ({ guid: id, at: NOW })) });
    expect(other.refusedImages(NOW)).toBe(20);
  });

  test('takes the place of what they saw before, and is handed on beside what is seen here', () => {
    const health = refusedTimes(1);
    health.takeEvidence(NOW);
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW - 2, 7, 8) });
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW - 1, 8, 9) });
    expect(health.refusedImages(NOW)).toBe(3);
    health.refused(guid(1), NOW);
    expect(health.takeEvidence(NOW)?.refusedSince).toEqual([
      ...refusedAt(NOW - 1, 8, 9),
      ...refusedAt(NOW, 0, 1),
    ]);
  });

  test('counts for two hours from the refusal, however often it is handed on', () => {
    const health = new AccountHealth();
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW, 7) });
    health.refused(guid(1), NOW + TWO_HOURS);
    expect(health.refusedImages(NOW + TWO_HOURS - 1)).toBe(2);
    expect(health.takeEvidence(NOW + TWO_HOURS)?.refusedSince).toEqual(
      refusedAt(NOW + TWO_HOURS, 1),
    );
  });

  test('leaves what was refused here after their success', () => {
    const health = refusedTimes(1);
    health.refused(guid(1), NOW + 2);
    health.learn({ lastSuccessAt: NOW + 1, refusedSince: [] });
    expect(health.refusedImages(NOW + 2)).toBe(1);
  });

  test('of an image that was to blame here is not believed, unless it was refused since', () => {
    const health = refusedTimes(1);
    health.blamed(guid(0), NOW);
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW, 0) });
    expect(health.refusedImages(NOW)).toBe(0);
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW + 1, 0) });
    expect(health.refusedImages(NOW + 1)).toBe(1);
  });

  test('of an image that is to blame here is forgotten', () => {
    const health = new AccountHealth();
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW, 7, 8) });
    health.blamed(guid(7), NOW);
    expect(health.refusedImages(NOW)).toBe(1);
  });

  test('is over with a success here', () => {
    const health = new AccountHealth();
    health.learn({ lastSuccessAt: 0, refusedSince: refusedAt(NOW, 7) });
    health.confirmed(NOW);
    expect(health.refusedImages(NOW)).toBe(0);
  });

  test('before a success that is known here is old', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.learn({ lastSuccessAt: NOW - 1, refusedSince: refusedAt(NOW, 1) });
    expect([health.lastSuccessAt, health.refusedImages(NOW)]).toEqual([NOW, 0]);
  });

  test('is not worth another write', () => {
    const health = new AccountHealth();
    health.learn({ lastSuccessAt: NOW, refusedSince: refusedAt(NOW, 1) });
    expect(health.takeEvidence(NOW)).toBeUndefined();
  });
});

describe('what is worth a write', () => {
  test('is the first success, and then one a minute', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    expect(health.takeEvidence(NOW)).toEqual({ lastSuccessAt: NOW, refusedSince: [] });
    expect(health.takeEvidence(NOW)).toBeUndefined();
    health.confirmed(NOW + 59_999);
    expect(health.takeEvidence(NOW + 59_999)).toBeUndefined();
    health.confirmed(NOW + 60_000);
    expect(health.takeEvidence(NOW + 60_000)).toMatchObject({ lastSuccessAt: NOW + 60_000 });
  });

  test('is every newly refused image, and the success that ends the refusals', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.takeEvidence(NOW);
    health.refused(guid(1), NOW);
    expect(health.takeEvidence(NOW)).toEqual({
      lastSuccessAt: NOW,
      refusedSince: refusedAt(NOW, 1),
    });
    health.refused(guid(1), NOW);
    expect(health.takeEvidence(NOW)).toBeUndefined();
    health.confirmed(NOW + 1);
    expect(health.takeEvidence(NOW + 1)).toEqual({ lastSuccessAt: NOW + 1, refusedSince: [] });
  });

  test('is an image that is still refused, every half an hour', () => {
    const health = refusedTimes(1);
    health.takeEvidence(NOW);
    health.refused(guid(0), NOW + TWO_HOURS / 4 - 1);
    expect(health.hasNews).toBe(false);
    health.refused(guid(0), NOW + TWO_HOURS / 4);
    expect(health.hasNews).toBe(true);
  });

  test('is still worth it where a success that is not came after', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.takeEvidence(NOW);
    health.refused(guid(1), NOW);
    health.confirmed(NOW + 1);
    health.confirmed(NOW + 2);
    expect(health.takeEvidence(NOW + 2)).toEqual({ lastSuccessAt: NOW + 2, refusedSince: [] });
  });
});
