import { describe, expect, test } from '@jest/globals';
import { ImageTroubles } from '../../../lambda/evidence/image-troubles.ts';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { FailingImages } from '../../../lambda/isolation/failing-images.ts';
import type { Unresolved } from '../../../lambda/isolation/finding.ts';
import { Lanes } from '../../../lambda/lanes/lanes.ts';
import type { Retried } from '../../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { newMemory, update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const NOW = 1_000_000_000;
const VERDICT: Retried = { kind: 'retry', reason: 'Timeout', detail: 'no answer within 25 s' };

/** An invocation in which calls fail, and what the account knows. */
function scene(troubles = new ImageTroubles()) {
  const registry = new VerdictRegistry();
  const lanes = new Lanes(newMemory(virtualTime()), rememberEvidence());
  const failing = new FailingImages(troubles, registry, lanes);
  const updates = [update(1), update(2), update(3)];
  /** A call of these images failed. */
  const fail = (images: readonly number[], at: number, { since = at, verdict = VERDICT } = {}) => {
    const failed = updates.filter(({ guid: id }) => images.some((n) => guid(n) === id));
    for (const one of failed) registry.record(one, verdict);
    const set = { account: null, updates: failed, isChecked: true };
    const finding: Extract<Unresolved, { kind: 'failed' }> = {
      ...{ kind: 'failed', set, at, verdict },
      isSlow: true,
    };
    failing.note(finding, since);
  };
  const succeed = (at: number) => lanes.of(null).health.confirmed(at);
  return { troubles, registry, failing, updates, fail, succeed };
}

/** What is known of an image that failed alone so often, the last time just now. */
function troubled(failures: number, at = NOW) {
  const troubles = new ImageTroubles();
  const { reason, detail } = VERDICT;
  troubles.set(guid(1), { failing: { reason, detail, failures, at } });
  return scene(troubles);
}

test('the reason that only a later version knows is told, and is a defect to this one', () => {
  const troubles = new ImageTroubles();
  const failing = { reason: 'Later', detail: 'slow', failures: 1, at: NOW };
  troubles.set(guid(1), { failing });
  const verdict = { kind: 'retry', reason: 'Unexpected', detail: 'Later: slow' };
  expect(scene(troubles).failing.lastVerdict(guid(1))).toEqual(verdict);
  expect(troubles.of(guid(1))).toEqual({ failing });
});

test('an image of a throttled call is not known as failing: too many calls were made, whatever their images', () => {
  const { failing, fail, succeed } = scene();
  const verdict = { ...VERDICT, reason: 'Throttled' } as const;
  fail([1, 2], NOW, { verdict });
  fail([3], NOW, { verdict });
  succeed(NOW + 1);
  failing.conclude(NOW + 2);
  expect([1, 2, 3].filter((n) => failing.isFailing(guid(n)))).toEqual([]);
});

describe('an image is known as failing', () => {
  test('where it failed alone and something of the account went through since', () => {
    const { failing, fail, succeed, troubles } = scene();
    fail([1], NOW);
    succeed(NOW + 1);
    failing.conclude(NOW + 2);
    expect(troubles.of(guid(1))?.failing).toEqual({
      reason: 'Timeout',
      detail: 'no answer within 25 s',
      failures: 1,
      at: NOW + 2,
    });
    expect(failing.isFailing(guid(1))).toBe(true);
    expect(failing.isFailing(guid(2))).toBe(false);
  });

  test('not where nothing went through since: it may be the account', () => {
    const { failing, fail, succeed } = scene();
    succeed(NOW);
    fail([1], NOW);
    failing.conclude(NOW + 2);
    expect(failing.isFailing(guid(1))).toBe(false);
  });

  test('by what went through since its first failure, though it failed again after that', () => {
    const { failing, fail, succeed, troubles } = scene();
    fail([1, 2], NOW);
    succeed(NOW + 1);
    fail([1], NOW + 2);
    failing.conclude(NOW + 3);
    expect(troubles.of(guid(1))?.failing).toMatchObject({ failures: 1 });
  });

  test('and due at once where there was no time to find out which of several it is', () => {
    const { failing, fail, succeed, troubles, registry, updates } = scene();
    fail([1, 2], NOW);
    succeed(NOW + 1);
    failing.conclude(NOW + 2);
    expect(troubles.of(guid(2))?.failing).toMatchObject({ failures: 0 });
    expect(failing.dueSince(guid(2), NOW + 2)).toBe(NOW + 2);
    // For most of them it was no failure: they come back soon.
    const untried = { kind: 'retry', reason: 'NoTimeLeft' };
    expect(failing.lastVerdict(guid(2))).toMatchObject(untried);
    expect(updates.slice(0, 2).map((one) => registry.ofUpdate(one))).toMatchObject([
      untried,
      untried,
    ]);
  });

  test('not where it went through in the end, or was rejected', () => {
    const { failing, fail, succeed, registry, updates } = scene();
    fail([1, 2], NOW);
    succeed(NOW + 1);
    const [one, other] = updates;
    if (one) registry.record(one, { kind: 'applied' });
    if (other) registry.record(other, { kind: 'rejected', reason: 'Refused', detail: 'no' });
    failing.conclude(NOW + 2);
    expect([guid(1), guid(2)].map((id) => failing.isFailing(id))).toEqual([false, false]);
  });

  test('not where a later call with it was answered, though it waits for something else', () => {
    const { failing, fail, succeed, updates } = scene();
    fail([1, 2], NOW);
    succeed(NOW + 1);
    failing.answered({ account: null, updates: updates.slice(0, 1), isChecked: true });
    failing.conclude(NOW + 2);
    expect([guid(1), guid(2)].map((id) => failing.isFailing(id))).toEqual([false, true]);
  });

  test('not where something else took the place of its update', () => {
    const { failing, fail, succeed, registry, updates } = scene();
    fail([1], NOW);
    succeed(NOW + 1);
    const [one] = updates;
    if (one) registry.retract(one);
    failing.conclude(NOW + 2);
    expect(failing.isFailing(guid(1))).toBe(false);
  });

  test('once for each failure: what was concluded is not concluded again', () => {
    const { failing, fail, succeed, troubles } = scene();
    fail([1], NOW);
    succeed(NOW + 1);
    failing.conclude(NOW + 2);
    failing.conclude(NOW + 3);
    expect(troubles.of(guid(1))?.failing).toMatchObject({ failures: 1, at: NOW + 2 });
  });

  test('with each further failure alone for longer', () => {
    const { failing, fail, succeed, troubles } = troubled(2);
    succeed(NOW + 10);
    fail([1], NOW + 100_000, { since: NOW });
    failing.conclude(NOW + 100_001);
    expect(troubles.of(guid(1))?.failing).toMatchObject({ failures: 3, at: NOW + 100_001 });
  });

  test('with what else is known of it kept, and a detail of 200 characters at most', () => {
    const { failing, fail, succeed, troubles } = scene();
    troubles.set(guid(1), { refused: { since: NOW, hash: 'h' } });
    fail([1], NOW, { verdict: { ...VERDICT, detail: 'x'.repeat(201) } });
    succeed(NOW + 1);
    failing.conclude(NOW + 2);
    expect(troubles.of(guid(1))).toMatchObject({
      refused: { since: NOW, hash: 'h' },
      failing: { detail: 'x'.repeat(200) },
    });
  });

  test('with no half of a character at the end of its detail', () => {
    const { failing, fail, succeed, troubles } = scene();
    fail([1], NOW, { verdict: { ...VERDICT, detail: `${'x'.repeat(199)}😀` } });
    succeed(NOW + 1);
    failing.conclude(NOW + 2);
    expect(troubles.of(guid(1))?.failing?.detail).toBe(`${'x'.repeat(199)}\uFFFD`);
  });
});

describe('a failing image', () => {
  test('is due 30 s after its first failure alone, doubling to 15 min', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => {
      const { failing } = troubled(failures);
      return [30, 60, 120, 240, 480, 900].find(
        (seconds) =>
          failing.dueSince(guid(1), NOW + seconds * 1_000 - 1) === undefined &&
          failing.dueSince(guid(1), NOW + seconds * 1_000) === NOW,
      );
    });
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test('comes back with the reason of its last call', () => {
    expect(troubled(1).failing.lastVerdict(guid(1))).toEqual(VERDICT);
  });

  test('is no image that nothing is known of', () => {
    const { failing } = scene();
    expect(failing.lastVerdict(guid(1))).toBeUndefined();
    expect(failing.dueSince(guid(1), NOW)).toBeUndefined();
  });

  test('is only suspected as long as it never failed alone', () => {
    expect(troubled(0).failing.isOnlySuspected(guid(1))).toBe(true);
    expect(troubled(1).failing.isOnlySuspected(guid(1))).toBe(false);
    expect(scene().failing.isOnlySuspected(guid(1))).toBe(false);
  });

  test('of which least is known comes first, then the one that waits for longest', () => {
    const troubles = new ImageTroubles();
    const { reason, detail } = VERDICT;
    const known = [
      [1, 2, NOW],
      [2, 0, NOW],
      [3, 5, NOW - 9],
      [4, 0, NOW - 1],
    ] as const;
    for (const [n, failures, at] of known) {
      troubles.set(guid(n), { failing: { reason, detail, failures, at } });
    }
    const { failing } = scene(troubles);
    // Nothing is known of the fifth.
    const all = [guid(1), guid(2), guid(3), guid(4), guid(5)];
    const order = [guid(5), guid(4), guid(2), guid(3), guid(1)];
    expect(all.toSorted(failing.compare)).toEqual(order);
    expect(all.toReversed().toSorted(failing.compare)).toEqual(order);
  });
});
