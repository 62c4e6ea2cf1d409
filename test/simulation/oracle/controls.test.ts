import { expect, test } from '@jest/globals';
import type { CallRecord } from '../../../simulation/finerworks/call-record.ts';
import { isControl } from '../../../simulation/oracle/controls.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';

const THERE = { guid: GUID, title: 'there', description: 'wanted' };

/** Whether a call that sends what is there is a control, after calls that were refused. */
function isControlAfter(...calls: readonly CallRecord[]): boolean {
  const images = [{ guid: GUID, description: 'wanted' }];
  const records = [receivedOf(producedEvent('e1', { images }))];
  const looks = [{ at: 0, account: null, guids: [GUID], shown: [THERE] }];
  const { call } = callRecord([THERE], 'applied');
  return isControl(call, invocationOf({ records, looks, calls: [...calls] }));
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
