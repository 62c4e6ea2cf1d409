import { describe, expect, test } from '@jest/globals';
import { StartRules } from '../../../simulation/oracle/start-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const images = [{ guid: GUID, title: 'A' }];

describe('two updates of an image', () => {
  /** What is violated where two invocations update the same image, unless told that it is one. */
  function violated(answeredAt: number | undefined, at: number, isOne = false) {
    const found: Rule[] = [];
    const settings = simulatedSettings({ virtualInventory: 'remove' });
    const rules = new StartRules(settings, (rule) => found.push(rule));
    const of = invocationOf({ end: answeredAt === undefined ? 'died' : 'answered' });
    const { answeredAt: _, ...open } = callRecord(images, 'applied', { givenUpAfter: 5_000 });
    rules.callStarts(answeredAt === undefined ? open : { ...open, answeredAt }, of);
    const other = isOne ? of : invocationOf();
    rules.callStarts(callRecord(images, 'applied', { at }), other);
    return found;
  }

  test.each([true, false])('follow one another, in one invocation: %s', (isOne) => {
    expect(violated(1_000, 1_000, isOne)).toEqual([]);
    expect(violated(undefined, 1_000, isOne)).toEqual(['TwoUpdatesAtOnce']);
  });

  test('need not, where the process of the first died and its time is over', () => {
    expect(violated(undefined, 5_000)).toEqual([]);
  });
});

test.each([
  [1, 1],
  [2, 0],
])(
  'updates of one invocation under way at once: with callsAtOnce=%s, two violate %s rules',
  (callsAtOnce, count) => {
    const found: Rule[] = [];
    const settings = simulatedSettings({ virtualInventory: 'remove', callsAtOnce });
    const rules = new StartRules(settings, (rule) => found.push(rule));
    const { answeredAt: _, ...underWay } = callRecord(images, 'applied');
    const invocation = invocationOf({ calls: [{ ...callRecord(images, 'applied') }, underWay] });
    rules.callStarts(callRecord(images, 'applied'), invocation);
    expect(found).toEqual(Array(count).fill('TooManyUpdatesAtOnce'));
  },
);

describe('an update after a preflight', () => {
  /** What is violated by an update of account `a`, so many milliseconds after a list. */
  function violated(age: number, account: string | null = 'a'): Rule[] {
    const found: Rule[] = [];
    const settings = simulatedSettings({ virtualInventory: 'protect' });
    const list = { at: 0, answeredAt: 1_000, account, guids: [GUID] };
    const call = callRecord(images, 'applied', { at: 1_000 + age, account: 'a' });
    const rules = new StartRules(settings, (rule) => found.push(rule));
    rules.callStarts(call, invocationOf({ lists: [list] }));
    return found;
  }

  test('starts within a minute, and what it has to wait for after that', () => {
    expect(violated(80_000)).toEqual([]);
    expect(violated(80_001)).toEqual(['PreflightTooOld']);
  });

  test('was listed in its own account', () => {
    expect(violated(1_000, 'b')).toEqual(['PreflightTooOld']);
  });
});
