import { expect, test } from '@jest/globals';
import type { Invocation } from '../../../simulation/aws/invocation.ts';
import type { CallRecord, ListRecord } from '../../../simulation/finerworks/call-record.ts';
import { Library } from '../../../simulation/finerworks/library.ts';
import { ReadBackRules, wasReadBack } from '../../../simulation/oracle/read-back-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const IMAGE = { guid: GUID, title: 'A' };
const library = new Library(() => 0, new Set());
library.put(GUID, false);

/** A list of the image that was asked for at a moment. */
function listed(at: number, given: Partial<ListRecord> = {}): ListRecord {
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
  expect(violated({ lists: [listed(0)], calls: many(19) })).toEqual([]);
  expect(violated({ lists: [listed(0)], calls: many(20) })).toEqual(['NotReadBack']);
});

test('a call that was answered too late for a list leaves its turn to the next one', () => {
  const lists = [listed(0)];
  const late = { lists, calls: many(20), flowStartedAt: 0, endsAt: 84_000 };
  // The last one is answered at 39.01 s; what begins by 39 s ends before the reserved time.
  expect(violated({ ...late, endsAt: 84_100 })).toEqual(['NotReadBack']);
  expect(violated(late)).toEqual([]);
  expect(violated(late, { lists, calls: many(1) })).toEqual(['NotReadBack']);
});

test('a call that is read back lets the count begin anew, across invocations', () => {
  const begun = { lists: [listed(0)], calls: many(15) };
  const read = { lists: [listed(0), listed(20_000)], calls: [call(10)] };
  expect(violated(begun, read, begun)).toEqual([]);
  expect(violated(begun, begun)).toContain('NotReadBack');
});

test('a list of what the answer says was taken reads a call back, whatever else it held', () => {
  const other = `${GUID.slice(0, -1)}f`;
  const both = new Library(() => 0, new Set());
  for (const guid of [GUID, other]) both.put(guid, false);
  const images = [IMAGE, { guid: other, title: 'B' }];
  const isRead = (confirmed: NonNullable<CallRecord['confirmed']>) =>
    wasReadBack(
      IMAGE,
      callRecord(images, 'applied', { confirmed }),
      invocationOf({ lists: [listed(1_000)] }),
      both,
    );
  expect(isRead([IMAGE])).toBe(true);
  expect(isRead(images)).toBe(false);
});

test('what no list shows does not count', () => {
  expect(violated({ lists: [listed(0, { shown: [] })], calls: many(20) })).toEqual([]);
});

test('an image that is sent or listed again and again goes round in circles', () => {
  expect(violated({ calls: many(21) })).toEqual(['InCircles']);
  expect(violated({ lists: Array.from({ length: 101 }, (_, n) => listed(n)) })).toEqual([
    'InCircles',
  ]);
});

test('what many events want of an image may be sent for each of them', () => {
  const records = ['e1', 'e2'].map((name) => receivedOf(producedEvent(name, { images: [IMAGE] })));
  expect(violated({ records, calls: many(22) })).toEqual([]);
  expect(violated({ records, calls: many(23) })).toEqual(['InCircles']);
});

test('an image was read back where a list of the whole call showed it after the answer', () => {
  const record = call(0);
  const seen = (...lists: ListRecord[]) =>
    wasReadBack(IMAGE, record, invocationOf({ lists }), library);
  expect(seen(listed(1_000))).toBe(true);
  expect(seen(listed(999))).toBe(false);
  expect(seen(listed(1_000, { shown: [] }))).toBe(false);
  expect(seen(listed(1_000, { account: 'another' }))).toBe(false);
  expect(seen(listed(1_000, { meaning: 'transient' }))).toBe(false);
});
