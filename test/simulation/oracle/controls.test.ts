import { expect, test } from '@jest/globals';
import type { LookRecord } from '../../../simulation/finerworks/call-record.ts';
import { isControl } from '../../../simulation/oracle/controls.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';

const AS_IT_IS = { guid: GUID, title: 'as uploaded', description: 'B' };
const WANTED = { guid: GUID, description: 'B' };
const RECORD = receivedOf(producedEvent('e1', { images: [WANTED] }));
const REFUSED = callRecord([WANTED], 'refused', { at: 1_000 });
const { call } = callRecord([AS_IT_IS], 'applied');

/** A list that shows the image. */
function look(at: number): LookRecord {
  const shown = [AS_IT_IS];
  return { at, account: null, guids: [GUID], meaning: 'applied', answeredAt: at, shown };
}

test('a control sends what a list shows after the image was refused', () => {
  const invocation = invocationOf({ records: [RECORD], calls: [REFUSED], looks: [look(2_000)] });
  expect(isControl(call, invocation)).toBe(true);
  expect(isControl(call, { ...invocation, calls: [] })).toBe(false);
});

test('what was listed before the refusal may be sent again with what is asked for', () => {
  const invocation = invocationOf({ records: [RECORD], calls: [REFUSED], looks: [look(0)] });
  expect(isControl(call, invocation)).toBe(false);
});
