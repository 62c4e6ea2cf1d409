import { expect, test } from '@jest/globals';
import type { CallRecord } from '../../../simulation/finerworks/call-record.ts';
import { RepeatRules } from '../../../simulation/oracle/repeat-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import type { ProducedEvent } from '../../../simulation/producer/event.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const IMAGE = { guid: GUID, title: 'A' };
const DESCRIBED = { guid: GUID, description: 'B' };
const RECORD = receivedOf(producedEvent('e1', { images: [{ ...IMAGE, ...DESCRIBED }] }));

/** What invocations violate that make these calls, one each, with the same event in their batch. */
function violated(...calls: readonly CallRecord[]): Rule[] {
  return violatedWhere(() => true, calls);
}

/** @param isThere whether FinerWorks has a value, by guid and field */
function violatedWhere(
  isThere: (key: string, value: string) => boolean,
  calls: readonly CallRecord[],
): Rule[] {
  const found: Rule[] = [];
  const rules = new RepeatRules(simulatedSettings(), (rule) => found.push(rule));
  for (const call of calls) {
    const invocation = invocationOf({ records: [RECORD], calls: [call] });
    rules.callStarts(call, invocation, isThere);
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

test('what was given up may be sent again for another event: nobody saw it taken', () => {
  const found: Rule[] = [];
  const rules = new RepeatRules(simulatedSettings({ verify: 'all' }), (rule) => found.push(rule));
  for (const buried of [new Set([RECORD.message.event]), new Set<ProducedEvent>()]) {
    const call = callRecord([IMAGE], 'applied');
    const invocation = invocationOf({ records: [RECORD], calls: [call], buried });
    rules.callStarts(call, invocation, () => true);
    rules.invocationEnded(invocation);
  }
  expect(found).toEqual([]);
});

test('a control confirms no change, and repeats none', () => {
  const control = callRecord([IMAGE], 'applied', { isControl: true });
  expect(violated(control, callRecord([IMAGE], 'applied'))).toEqual([]);
  expect(violated(callRecord([IMAGE], 'applied'), control)).toEqual([]);
});

test('what is there may go along with a value of which nobody knows whether it is', () => {
  const title = callRecord([IMAGE], 'applied');
  const both = callRecord([{ ...IMAGE, ...DESCRIBED }], 'applied');
  expect(violated(title, callRecord([DESCRIBED], 'transient'), both)).toEqual([]);
  expect(violated(both, both)).toEqual(['SentTwice', 'SentTwice']);
});

test('what may only have been sent along is not known to be confirmed', () => {
  const isDescribed = (key: string) => key.endsWith('description');
  const both = callRecord([{ ...IMAGE, ...DESCRIBED }], 'applied');
  const description = callRecord([DESCRIBED], 'applied');
  expect(violatedWhere(isDescribed, [both, description])).toEqual([]);
  expect(violatedWhere(() => false, [both, description])).toEqual(['SentTwice']);
});
