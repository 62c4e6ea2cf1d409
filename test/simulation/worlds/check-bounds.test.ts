import { describe, expect, test } from '@jest/globals';
import { checkBounds } from '../../../simulation/worlds/check-bounds.ts';
import { fullSize } from '../../../simulation/worlds/full-size.ts';
import type {
  CallMeasures,
  Measures,
  StreamMeasures,
} from '../../../simulation/worlds/measures.ts';
import type { Bounds } from '../../../simulation/worlds/world-kind.ts';

const CALLS: CallMeasures = { updates: 10, lists: 10, needed: 10, circuits: 2, listsInVain: 0 };
const STREAM: StreamMeasures = {
  sent: 10,
  applied: 10,
  appliedInTrouble: 0,
  open: 0,
  dead: {},
  p50: 10,
  p95: 20,
  longest: 30,
  longestBurial: undefined,
};

function measures(stream: Partial<StreamMeasures> = {}, given: Partial<Measures> = {}): Measures {
  return {
    streams: { good: { ...STREAM, ...stream } },
    inTrouble: CALLS,
    afterwards: CALLS,
    drained: 10,
    recovery: 10,
    expired: 0,
    imagesThatLostProducts: 0,
    ...given,
  };
}

const SCENARIO = fullSize({
  streams: [{ name: 'good', prefix: '00000000', events: 10, from: 0, until: 0 }],
});

function rules(bounds: Bounds, found: Measures): string[] {
  const comparison = { measures: found, baseline: measures(), scenario: SCENARIO };
  return checkBounds(bounds, comparison).map(({ rule }) => rule);
}

describe('a bound', () => {
  test('on what is applied', () => {
    expect(rules({ applied: ['good'] }, measures())).toEqual([]);
    expect(rules({ applied: ['good'] }, measures({ applied: 9 }))).toEqual(['NotApplied']);
  });

  test('on the reason and the time of dead letters', () => {
    const deadLettered = { good: { reason: 'Refused', withinMinutes: 30 } };
    const dead = { dead: { Refused: 10 }, longestBurial: 1_800 };
    expect(rules({ deadLettered }, measures(dead))).toEqual([]);
    expect(rules({ deadLettered }, measures({ ...dead, longestBurial: 1_801 }))).toEqual([
      'NotBuried',
    ]);
    expect(rules({ deadLettered }, measures({ dead: { Refused: 9 } }))).toEqual(['NotBuried']);
    const exhausted = { good: { reason: 'RetriesExhausted', lastReasons: ['Timeout'] } };
    const others = { dead: { 'RetriesExhausted: Network': 10 } };
    expect(rules({ deadLettered: exhausted }, measures(others))).toEqual(['NotBuried']);
  });

  test('on the median beside the undisturbed one', () => {
    const bounds = { timesUndisturbed: { good: 2 } };
    expect(rules(bounds, measures({ p50: 20 }))).toEqual([]);
    expect(rules(bounds, measures({ p50: 20.1 }))).toEqual(['NeighbourDelayed']);
  });

  test('on times from sending', () => {
    expect(rules({ p95Seconds: { good: 20 } }, measures())).toEqual([]);
    expect(rules({ p95Seconds: { good: 19 } }, measures())).toEqual(['GoodDelayed']);
    expect(rules({ withinMinutes: { good: 0.4 } }, measures())).toEqual(['GoodDelayed']);
  });

  test('on the time and the calls after a trouble', () => {
    expect(rules({ recoveryMinutes: 1 }, measures({}, { recovery: 61 }))).toEqual([
      'RecoveredLate',
    ]);
    const many = { ...CALLS, updates: 13 };
    expect(rules({ leanRecovery: true }, measures({}, { afterwards: CALLS }))).toEqual([]);
    expect(rules({ leanRecovery: true }, measures({}, { afterwards: many }))).toEqual([
      'BacklogCostsMore',
    ]);
  });

  test('on throughput: 40 calls of 200 ms, four at once, and the window', () => {
    expect(rules({ timesCallTime: 1 }, measures({}, { drained: 7 }))).toEqual([]);
    expect(rules({ timesCallTime: 1 }, measures({}, { drained: 7.1 }))).toEqual(['TooSlow']);
  });

  test('on calls that were not needed', () => {
    const inVain = { ...CALLS, listsInVain: 1 };
    expect(rules({ listsInVain: 0 }, measures({}, { afterwards: inVain }))).toEqual([
      'ListedInVain',
    ]);
    const many = { ...CALLS, updates: 11 };
    expect(rules({ timesUpdates: 1 }, measures({}, { afterwards: many }))).toEqual([
      'MisledByRefusal',
    ]);
  });
});
