import { expect, test } from '@jest/globals';
import { partOf, updateOf } from '../../../lambda/images/change.ts';
import type { Retried, Verdict } from '../../../lambda/verdicts/verdict.ts';
import { isSettled, isUntried } from '../../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { change, update } from '../../helpers/delivery.ts';

const APPLIED: Verdict = { kind: 'applied' };
const RETRIED: Retried = { kind: 'retry', reason: 'Timeout', detail: 'no answer' };

test('a later verdict of the same update replaces it', () => {
  const registry = new VerdictRegistry();
  const one = update(1);
  registry.record(one, RETRIED);
  registry.record(one, APPLIED);
  expect(one.changes.map((part) => registry.of(part))).toEqual([[APPLIED]]);
  expect(registry.ofUpdate(one)).toBe(APPLIED);
});

test('the parts of a change have a verdict each, and the change has all of them', () => {
  const registry = new VerdictRegistry();
  const whole = change(1, { description: 'd' });
  const parts = (['title', 'description'] as const).map((field) =>
    updateOf({ ...whole, changes: [whole] }, [field]),
  );
  const [title, description] = parts;
  if (title) registry.record(title, APPLIED);
  if (description) registry.record(description, RETRIED);
  expect(registry.of(whole)).toEqual([APPLIED, RETRIED]);
  const part = partOf(whole, ['title']);
  expect(part && registry.of(part)).toEqual([APPLIED, RETRIED]);
  expect(registry.kindOf(whole)).toBe('retry');
});

test('the worst of its verdicts is what a change came to', () => {
  const worstFirst: Verdict[] = [
    RETRIED,
    { kind: 'rejected', reason: 'Refused', detail: 'no' },
    APPLIED,
    { kind: 'unchanged' },
    { kind: 'superseded' },
  ];
  for (let from = 0; from < worstFirst.length; from += 1) {
    const registry = new VerdictRegistry();
    const one = change(1);
    for (const verdict of worstFirst.slice(from).toReversed()) {
      registry.record({ ...one, changes: [one] }, verdict);
    }
    expect(registry.kindOf(one)).toBe(worstFirst[from]?.kind);
  }
  expect(new VerdictRegistry().kindOf(change(1))).toBeUndefined();
});

test('what was retracted is open again, and other verdicts of the change stay', () => {
  const registry = new VerdictRegistry();
  const one = change(1);
  const [first, second] = [1, 2].map(() => ({ ...one, changes: [one] }));
  if (first === undefined || second === undefined) throw new Error('two updates');
  registry.record(first, RETRIED);
  registry.record(second, APPLIED);
  registry.retract(first);
  expect(registry.ofUpdate(first)).toBeUndefined();
  expect(registry.of(one)).toEqual([APPLIED]);
});

test('not tried is what no call was made for, for a cause that is soon over', () => {
  const reasonsOf = (parts: Partial<Retried>) =>
    (['Deferred', 'NoTimeLeft', 'BudgetSpent', 'Busy', 'Timeout'] as const).filter((reason) =>
      isUntried({ ...RETRIED, ...parts, reason }),
    );
  expect(reasonsOf({})).toEqual(['Deferred', 'NoTimeLeft', 'BudgetSpent']);
  expect(reasonsOf({ retryWithinSeconds: 9 })).toContain('Busy');
});

test('a record may be acknowledged for what went well alone', () => {
  const kinds: Verdict[] = [APPLIED, { kind: 'unchanged' }, { kind: 'superseded' }];
  expect(kinds.every(isSettled)).toBe(true);
  expect(isSettled(RETRIED)).toBe(false);
  expect(isSettled({ kind: 'rejected', reason: 'Refused', detail: 'no' })).toBe(false);
});
