import { expect, test } from '@jest/globals';
import type { CallRecord, Meaning } from '../../../simulation/finerworks/call-record.ts';
import { checkPatience } from '../../../simulation/oracle/patience-rules.ts';
import { RefusalBook } from '../../../simulation/oracle/refusal-book.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

/** What an invocation violates whose calls, of one account each, come to this. */
function violated(...answers: readonly (readonly [account: string, meaning: Meaning])[]): Rule[] {
  return violatedBy(
    answers.map(([account, meaning], at) =>
      callRecord([{ guid: GUID, title: account }], meaning, { at: at * 2_000, account }),
    ),
  );
}

function violatedBy(calls: readonly CallRecord[]): Rule[] {
  const found: Rule[] = [];
  const invocation = invocationOf({ calls: [...calls] });
  checkPatience(invocation, simulatedSettings(), new RefusalBook(), (rule) => found.push(rule));
  return found;
}

test('keys that were never taken are tried once', () => {
  expect(violated(['a', 'badKeys'])).toEqual([]);
  expect(violated(['a', 'badKeys'], ['b', 'badKeys'])).toEqual(['KeysHammered']);
});

test('calls that were under way when keys were refused know nothing of that', () => {
  const of = (account: string, at: number) =>
    callRecord([{ guid: GUID, title: account }], 'badKeys', { at, account });
  expect(violatedBy([of('a', 0), of('a', 500), of('b', 999)])).toEqual([]);
  expect(violatedBy([of('a', 0), of('b', 500), of('c', 1_000)])).toEqual(['KeysHammered']);
});

test('keys that were taken before are tried by a second account, and no more', () => {
  expect(violated(['a', 'applied'], ['b', 'badKeys'], ['c', 'badKeys'])).toEqual([]);
  const third = violated(['a', 'applied'], ['b', 'badKeys'], ['c', 'badKeys'], ['d', 'badKeys']);
  expect(third).toEqual(['KeysHammered']);
});

test('keys that others are taken with are tried once by an account', () => {
  const between = violated(['a', 'applied'], ['b', 'badKeys'], ['a', 'applied'], ['c', 'badKeys']);
  expect(between).toEqual([]);
  const again = violated(['a', 'applied'], ['b', 'badKeys'], ['a', 'applied'], ['b', 'badKeys']);
  expect(again).toEqual(['KeysHammered']);
});
