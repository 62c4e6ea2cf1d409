import { expect, test } from '@jest/globals';
import type { CallRecord, ListRecord } from '../../../simulation/finerworks/call-record.ts';
import { isControl } from '../../../simulation/oracle/controls.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';

const THERE = { guid: GUID, title: 'there', description: 'wanted' };

/** Whether a call that sends what is there is a control, after calls that were refused. */
function isControlAfter(...calls: readonly CallRecord[]): boolean {
  const images = [{ guid: GUID, description: 'wanted' }];
  const records = [receivedOf(producedEvent('e1', { images }))];
  const lists = [{ at: 10_000, account: null, guids: [GUID], shown: [THERE] }];
  const { call } = callRecord([THERE], 'applied');
  return isControl(call, invocationOf({ records, lists, calls: [...calls] }));
}

test('what is there is sent as a control after the image was refused with something else', () => {
  const refused = callRecord([{ ...THERE, title: 'new' }], 'refused');
  expect(isControlAfter(refused)).toBe(true);
  expect(isControlAfter()).toBe(false);
});

test('what was refused just so before is no control, but the same update once more', () => {
  const standing = [{ key: `${GUID} title`, guid: GUID, value: 'there', seenAt: 0 }];
  const wanted = { guid: GUID, description: 'wanted' };
  expect(isControlAfter(callRecord([wanted], 'refused', { standing }))).toBe(false);
  expect(isControlAfter(callRecord([wanted], 'refused'))).toBe(true);
});

const AS_IT_IS = { guid: GUID, title: 'as uploaded', description: 'B' };
const WANTED = { guid: GUID, description: 'B' };
const RECORD = receivedOf(producedEvent('e1', { images: [WANTED] }));
const REFUSED = callRecord([WANTED], 'refused', { at: 1_000 });
const { call } = callRecord([AS_IT_IS], 'applied');

/** A list that shows the image. */
function listed(at: number): ListRecord {
  const shown = [AS_IT_IS];
  return { at, account: null, guids: [GUID], meaning: 'applied', answeredAt: at, shown };
}

test('a control sends what a list shows after the image was refused', () => {
  const invocation = invocationOf({ records: [RECORD], calls: [REFUSED], lists: [listed(2_000)] });
  expect(isControl(call, invocation)).toBe(true);
  expect(isControl(call, { ...invocation, calls: [] })).toBe(false);
});

test('what was listed before the refusal may be sent again with what is asked for', () => {
  const invocation = invocationOf({ records: [RECORD], calls: [REFUSED], lists: [listed(0)] });
  expect(isControl(call, invocation)).toBe(false);
});

test('what only another account wants is nothing that the call is asked for', () => {
  const event = producedEvent('e2', { images: [AS_IT_IS], account: 'another' });
  const records = [RECORD, receivedOf(event)];
  const invocation = invocationOf({ records, calls: [REFUSED], lists: [listed(2_000)] });
  expect(isControl(call, invocation)).toBe(true);
});
