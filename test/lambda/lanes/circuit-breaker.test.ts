import { describe, expect, test } from '@jest/globals';
import { CircuitBreaker, type CircuitKind } from '../../../lambda/lanes/circuit-breaker.ts';

const NOW = 1_000_000;

/** A circuit in which so many calls failed. @returns it, and which of the failures opened it */
function failedTimes(count: number, weight?: number) {
  const circuit = new CircuitBreaker();
  const openings = Array.from({ length: count }, () => circuit.failed('update', NOW, weight));
  return { circuit, openings };
}

describe('a closed circuit', () => {
  test('opens with the fifth failure in a row, and only that one opens it', () => {
    const { circuit, openings } = failedTimes(4);
    expect(circuit.state(NOW)).toBe('closed');
    expect(circuit.waitFor(NOW)).toBe(0);
    expect([...openings, circuit.failed('update', NOW), circuit.failed('update', NOW)]).toEqual([
      ...[false, false, false, false],
      true,
      false,
    ]);
    expect(circuit.state(NOW)).toBe('open');
  });

  test('opens with the second of two failures that count two and a half each', () => {
    expect(failedTimes(1, 2.5).circuit.state(NOW)).toBe('closed');
    expect(failedTimes(2, 2.5).circuit.state(NOW)).toBe('open');
  });

  test('counts from the beginning after a success of the same kind', () => {
    const { circuit } = failedTimes(4);
    circuit.succeeded('update');
    for (let n = 0; n < 4; n += 1) circuit.failed('update', NOW);
    expect(circuit.state(NOW)).toBe('closed');
  });

  test('counts updates and preflights by themselves: an answered list hides no failing update', () => {
    const { circuit } = failedTimes(4);
    for (let n = 0; n < 4; n += 1) circuit.failed('preflight', NOW);
    expect(circuit.state(NOW)).toBe('closed');
    circuit.succeeded('preflight');
    expect(circuit.failed('update', NOW)).toBe(true);
  });
});

describe('an open circuit', () => {
  test('is half-open 30 s later', () => {
    const { circuit } = failedTimes(5);
    expect(circuit.waitFor(NOW)).toBe(30_000);
    expect(circuit.state(NOW + 29_999)).toBe('open');
    expect(circuit.waitFor(NOW + 29_999)).toBe(1);
    expect(circuit.state(NOW + 30_000)).toBe('half-open');
    expect(circuit.waitFor(NOW + 40_000)).toBe(0);
  });

  test('stays as it is whatever else fails meanwhile', () => {
    const { circuit } = failedTimes(5);
    expect(circuit.open('refusal', NOW + 1)).toBe(false);
    for (let n = 0; n < 9; n += 1) circuit.failed('preflight', NOW + 1);
    expect(circuit.waitFor(NOW)).toBe(30_000);
    circuit.succeeded('update');
    expect(circuit.state(NOW)).toBe('closed');
  });

  test('counts from the beginning once it is closed again', () => {
    const { circuit } = failedTimes(5);
    circuit.succeeded('update');
    for (let n = 0; n < 4; n += 1) expect(circuit.failed('update', NOW)).toBe(false);
    expect(circuit.failed('update', NOW)).toBe(true);
  });
});

describe('a half-open circuit', () => {
  const kinds: CircuitKind[] = ['update', 'preflight', 'refusal'];
  test.each(kinds)('is closed by a success of the kind that opened it, and no other: %s', (by) => {
    const circuit = new CircuitBreaker();
    expect(circuit.open(by, NOW)).toBe(true);
    for (const kind of kinds) if (kind !== by) circuit.succeeded(kind);
    expect(circuit.state(NOW + 30_000)).toBe('half-open');
    circuit.succeeded(by);
    expect(circuit.state(NOW + 30_000)).toBe('closed');
  });

  test('opens again with a single failure, each time for twice as long, up to five minutes', () => {
    const { circuit } = failedTimes(5);
    let now = NOW;
    const periods = Array.from({ length: 7 }, () => {
      const period = circuit.waitFor(now);
      now += period;
      expect(circuit.failed('preflight', now)).toBe(true);
      return period;
    });
    expect(periods).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
  });

  test('that was closed opens for 30 s again', () => {
    const { circuit } = failedTimes(5);
    circuit.failed('update', NOW + 30_000);
    circuit.succeeded('update');
    for (let n = 0; n < 5; n += 1) circuit.failed('update', NOW + 60_000);
    expect(circuit.waitFor(NOW + 60_000)).toBe(30_000);
  });
});
