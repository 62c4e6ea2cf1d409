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
const EARLIER = receivedOf(producedEvent('e0', { images: [{ guid: GUID, title: 'before' }] }));
const RECORD = receivedOf(producedEvent('e1', { images: [{ ...IMAGE, ...DESCRIBED }] }));

/** What invocations violate that make these calls, one each or several, with the same events in their batch. */
function violated(...calls: readonly (CallRecord | CallRecord[])[]): Rule[] {
  return violatedWhere(() => true, calls);
}

/** @param isThere whether FinerWorks has a value, by guid and field */
function violatedWhere(
  isThere: (key: string, value: string) => boolean,
  calls: readonly (CallRecord | CallRecord[])[],
): Rule[] {
  const found: Rule[] = [];
  const rules = new RepeatRules(simulatedSettings(), (rule) => found.push(rule));
  for (const ofOne of calls.map((call) => [call].flat())) {
    const invocation = invocationOf({ records: [EARLIER, RECORD], calls: ofOne });
    for (const call of ofOne) rules.callStarts(call, invocation, isThere);
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
  for (const deadLettered of [new Set([RECORD.message.event]), new Set<ProducedEvent>()]) {
    const call = callRecord([IMAGE], 'applied');
    const invocation = invocationOf({ records: [RECORD], calls: [call], deadLettered });
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

test('and with another value than the one that is known', () => {
  const both = (title: string) => ({ ...DESCRIBED, title });
  const leftOut = callRecord([both('A')], 'applied', { confirmed: [] });
  const twoCalls = [callRecord([both('before')], 'applied'), leftOut];
  expect(violated(twoCalls, callRecord([both('A')], 'applied'))).toEqual([]);
});

test('what may only have been sent along is not known to be confirmed', () => {
  const isDescribed = (key: string) => key.endsWith('description');
  const both = callRecord([{ ...IMAGE, ...DESCRIBED }], 'applied');
  const description = callRecord([DESCRIBED], 'applied');
  expect(violatedWhere(isDescribed, [both, description])).toEqual([]);
  expect(violatedWhere(() => false, [both, description])).toEqual(['SentTwice']);
});

/** What is violated when two invocations send both texts for the older event, and then the newer one its title. */
function violatedByNewer(isNewerInDoubt: boolean): Rule[] {
  const newer = receivedOf(producedEvent('e2', { images: [IMAGE] }));
  const found: Rule[] = [];
  const rules = new RepeatRules(simulatedSettings(), (rule) => found.push(rule));
  const inDoubt = { records: [RECORD, newer], troubled: new Set(['ledger'] as const) };
  for (const given of [
    ...(isNewerInDoubt ? [inDoubt] : []),
    { records: [RECORD] },
    { records: [newer] },
  ]) {
    const call = callRecord([{ ...IMAGE, ...DESCRIBED }], 'applied');
    const invocation = invocationOf({ ...given, calls: [call] });
    rules.callStarts(call, invocation, () => true);
    rules.invocationEnded(invocation);
  }
  return found;
}

test('a value is only sent along whose event waits for a newer one that is in doubt', () => {
  expect(violatedByNewer(true)).toEqual([]);
  expect(violatedByNewer(false)).toEqual(['SentUnchanged']);
});
