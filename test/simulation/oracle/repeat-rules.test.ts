import { expect, test } from '@jest/globals';
import type { CallRecord } from '../../../simulation/finerworks/call-record.ts';
import { RepeatRules } from '../../../simulation/oracle/repeat-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const IMAGE = { guid: GUID, title: 'A' };
const BOTH = { ...IMAGE, description: 'B' };
const RECORD = receivedOf(producedEvent('e1', { images: [BOTH] }));

/** What invocations violate that make these calls, one each, with the same event in their batch. */
function violated(...calls: readonly CallRecord[]): Rule[] {
  return violatedWith([], ...calls);
}

/** The same, where FinerWorks has these values already. */
function violatedWith(values: readonly string[], ...calls: readonly CallRecord[]): Rule[] {
  const found: Rule[] = [];
  const rules = new RepeatRules(simulatedSettings(), (rule) => found.push(rule));
  for (const call of calls) {
    const invocation = invocationOf({ records: [RECORD], calls: [call] });
    rules.callStarts(call, invocation, (_, value) => values.includes(value));
    rules.invocationEnded(invocation);
  }
  return found;
}

test('a change that an invocation had confirmed is not sent by another', () => {
  expect(violated(callRecord([IMAGE], 'applied'), callRecord([IMAGE], 'applied'))).toEqual([
    'SentTwice',
  ]);
});

test('a change whose answer never came may be sent again', () => {
  expect(violated(callRecord([IMAGE], 'transient'), callRecord([IMAGE], 'applied'))).toEqual([]);
});

test('a control confirms no change, and repeats none', () => {
  const control = callRecord([IMAGE], 'applied', { isControl: true });
  expect(violated(control, callRecord([IMAGE], 'applied'))).toEqual([]);
  expect(violated(callRecord([IMAGE], 'applied'), control)).toEqual([]);
});

test('what is there may be sent along with what has to be sent, be that there or not', () => {
  const calls = [callRecord([IMAGE], 'applied'), callRecord([BOTH], 'applied')];
  expect(violatedWith(['A'], ...calls)).toEqual([]);
  expect(violatedWith(['A', 'B'], ...calls)).toEqual([]);
  expect(violatedWith(['B'], ...calls)).toEqual(['SentTwice']);
  expect(violatedWith(['A', 'B'], ...calls, callRecord([BOTH], 'applied'))).toEqual([
    'SentTwice',
    'SentTwice',
  ]);
});
