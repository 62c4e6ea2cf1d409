import { expect, test } from '@jest/globals';
import { SendLog } from '../../../lambda/delivery/send-log.ts';
import type { CallVerdict } from '../../../lambda/finerworks/classify.ts';
import { APPLIED, REFUSED } from '../../helpers/answers.ts';
import { callOf, update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

const call = callOf(2);

function failed(mayTakeEffect: boolean): CallVerdict {
  return { kind: 'retry', reason: 'Network', detail: '', retryAfter: null, mayTakeEffect };
}

test('images of a call that can’t have had any effect were not sent', () => {
  const log = new SendLog();
  log.note(call, failed(false));
  expect([...log.sent]).toEqual([]);
  expect(log.doubtsOf(guid(1))).toBe(0);
});

test('images of a call that was answered were sent, and nothing of it is in doubt', () => {
  const log = new SendLog();
  log.note(call, APPLIED);
  expect([...log.sent]).toEqual([guid(1), guid(2)]);
  expect(log.doubtful.has(guid(1))).toBe(false);
});

test('each attempt of which nobody knows what became is counted', () => {
  const log = new SendLog();
  log.note(call, failed(true));
  log.note(callOf(1), failed(true));
  log.note(call, APPLIED);
  expect([log.doubtsOf(guid(1)), log.doubtsOf(guid(2))]).toEqual([2, 1]);
  expect(log.doubtful.has(guid(2))).toBe(true);
});

test('the last value of a field is known with whether it was confirmed, and refused ones are not', () => {
  const log = new SendLog();
  const of = (title: string) => ({ account: null, updates: [update(1, { title })] });
  expect(log.lastOf(guid(1), 'title')).toBeUndefined();
  log.note(of('doubtful'), failed(true));
  expect(log.lastOf(guid(1), 'title')).toEqual({ value: 'doubtful', isConfirmed: false });
  log.note(of('taken'), APPLIED);
  log.note(of('never sent'), failed(false));
  log.note(of('left out'), { ...APPLIED, listed: new Set([guid(2)]) });
  log.note(of('refused'), REFUSED);
  expect(log.lastOf(guid(1), 'title')).toEqual({ value: 'taken', isConfirmed: true });
  expect(log.lastOf(guid(1), 'description')).toBeUndefined();
});
