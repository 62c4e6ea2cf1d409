// @ts-nocheck
import { describe, expect, test } from '@jest/globals';
import { AccountHealth } from '../../../lambda/delivery/account-health.ts';
import { guid } from '../../helpers/records.ts';

const NOW = 1_000_000;
const guids = (count: number) => Array.from({ length: count }, (_, n) => guid(n));

/** An account of which so many images were refused alone. */
function refusedTimes(count: number): AccountHealth {
  const health = new AccountHealth();
  for (const id of guids(count)) health.refused(id);
  return health;
}

describe('evidence', () => {
  test('is nothing before anything was sent', () => {
    const health = new AccountHealth();
    expect(health).toMatchObject({ lastSuccessAt: 0, refusedImages: 0 });
    expect(health.takeEvidence(NOW)).toBeUndefined();
  });

  test('counts each refused image once, 20 at most', () => {
    const health = refusedTimes(3);
    health.refused(guid(0));
    expect(health.refusedImages).toBe(3);
    expect(refusedTimes(25).refusedImages).toBe(20);
  });

  test('of refusals is over with a success', () => {
    const health = refusedTimes(3);
    health.confirmed(NOW);
    expect(health).toMatchObject({ lastSuccessAt: NOW, refusedImages: 0 });
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

describe('what other sandboxes saw', () => {
  test('later than any success here takes the place of what is known', () => {
    const health = refusedTimes(3);
    health.learn({ lastSuccessAt: NOW, refusedSince: [guid(7)] });
    expect(health).toMatchObject({ lastSuccessAt: NOW, refusedImages: 1 });
  });

  test('since the same success is added, 20 images at most', () => {
    const health = refusedTimes(1);
    health.learn({ lastSuccessAt: 0, refusedSince: [guid(0), guid(1)] });
    expect(health.refusedImages).toBe(2);
    const other = new AccountHealth();
    other.learn({ lastSuccessAt: 0, refusedSince: guids(30) });
    expect(other.refusedImages).toBe(20);
  });

  test('before a success that is known here is old', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.learn({ lastSuccessAt: NOW - 1, refusedSince: [guid(1)] });
    expect(health).toMatchObject({ lastSuccessAt: NOW, refusedImages: 0 });
  });

  test('is not worth another write', () => {
    const health = new AccountHealth();
    health.learn({ lastSuccessAt: NOW, refusedSince: [guid(1)] });
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
    health.refused(guid(1));
    expect(health.takeEvidence(NOW)).toEqual({ lastSuccessAt: NOW, refusedSince: [guid(1)] });
    health.refused(guid(1));
    expect(health.takeEvidence(NOW)).toBeUndefined();
    health.confirmed(NOW + 1);
    expect(health.takeEvidence(NOW + 1)).toEqual({ lastSuccessAt: NOW + 1, refusedSince: [] });
  });

  test('is still worth it where a success that is not came after', () => {
    const health = new AccountHealth();
    health.confirmed(NOW);
    health.takeEvidence(NOW);
    health.refused(guid(1));
    health.confirmed(NOW + 1);
    health.confirmed(NOW + 2);
    expect(health.takeEvidence(NOW + 2)).toEqual({ lastSuccessAt: NOW + 2, refusedSince: [] });
  });

  test('is no image beyond the twentieth', () => {
    const health = refusedTimes(20);
    health.takeEvidence(NOW);
    health.refused(guid(99));
    expect(health.takeEvidence(NOW)).toBeUndefined();
  });
});
