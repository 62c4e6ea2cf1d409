import { expect, test } from '@jest/globals';
import type { Invocation } from '../../../simulation/aws/invocation.ts';
import type { CallRecord, LookRecord } from '../../../simulation/finerworks/call-record.ts';
import { Library } from '../../../simulation/finerworks/library.ts';
import { ReadBackRules, wasReadBack } from '../../../simulation/oracle/read-back-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const IMAGE = { guid: GUID, title: 'A' };
const library = new Library(() => 0, new Set());
library.put(GUID, false);

/** A list of the image that was asked for at a moment. */
function look(at: number, given: Partial<LookRecord> = {}): LookRecord {
  const shown = [{ ...IMAGE, description: '' }];
  return { at, account: null, guids: [GUID], meaning: 'applied', answeredAt: at, shown, ...given };
}

/** A call that is answered a second later. */
const call = (at: number): CallRecord => callRecord([IMAGE], 'applied', { at });

/** What invocations of one sandbox violate. */
function violated(...invocations: readonly Partial<Invocation>[]): Rule[] {
  const found: Rule[] = [];
  const settings = simulatedSettings({ verify: 'sample' });
  const rules = new ReadBackRules({ settings, library }, (rule) => found.push(rule));
  for (const invocation of invocations) rules.invocationEnded(invocationOf(invocation));
  return found;
}

const many = (count: number) => Array.from({ length: count }, (_, n) => call(10 + 2_000 * n));

test('19 calls in a row may go without being read back', () => {
  expect(violated({ looks: [look(0)], calls: many(19) })).toEqual([]);
  expect(violated({ looks: [look(0)], calls: many(20) })).toEqual(['NotReadBack']);
});

test('a call that is read back lets the count begin anew, across invocations', () => {
  const begun = { looks: [look(0)], calls: many(15) };
  const read = { looks: [look(0), look(20_000)], calls: [call(10)] };
  expect(violated(begun, read, begun)).toEqual([]);
  expect(violated(begun, begun)).toContain('NotReadBack');
});

test('images that an answer leaves out need not be read back', () => {
  const other = { guid: GUID.replace(/1$/, '2'), title: 'B' };
  library.put(other.guid, false);
  const partly = callRecord([IMAGE, other], 'applied', { at: 10, confirmed: [IMAGE] });
  const calls = [...many(19), { ...partly, at: 50_000, answeredAt: 51_000 }];
  expect(violated({ looks: [look(0), look(51_000)], calls })).toEqual([]);
  expect(violated({ looks: [look(0)], calls })).toEqual(['NotReadBack']);
});

test('what no list shows does not count', () => {
  expect(violated({ looks: [look(0, { shown: [] })], calls: many(20) })).toEqual([]);
});

test('an image that is sent or listed again and again goes round in circles', () => {
  expect(violated({ calls: many(21) })).toEqual(['InCircles']);
  expect(violated({ looks: Array.from({ length: 101 }, (_, n) => look(n)) })).toEqual([
    'InCircles',
  ]);
});

test('an image was read back where a list of the whole call showed it after the answer', () => {
  const record = call(0);
  const seen = (...looks: LookRecord[]) =>
    wasReadBack(IMAGE, record, invocationOf({ looks }), library);
  expect(seen(look(1_000))).toBe(true);
  expect(seen(look(999))).toBe(false);
  expect(seen(look(1_000, { shown: [] }))).toBe(false);
  expect(seen(look(1_000, { account: 'another' }))).toBe(false);
  expect(seen(look(1_000, { meaning: 'transient' }))).toBe(false);
});
