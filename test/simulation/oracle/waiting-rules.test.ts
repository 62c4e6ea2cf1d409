import { expect, test } from '@jest/globals';
import type { CallRecord } from '../../../simulation/finerworks/call-record.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { WaitingRules } from '../../../simulation/oracle/waiting-rules.ts';
import { GUID } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const SECOND = 1_000;
const ONE = [{ guid: GUID, title: 'A' }];
const OTHER = [{ guid: GUID.replace('1', '2'), title: 'A' }];

function violated(...calls: CallRecord[]): Rule[] {
  const found: Rule[] = [];
  const rules = new WaitingRules(simulatedSettings({ callTimeoutSeconds: 25 }), (rule) =>
    found.push(rule),
  );
  rules.invocationEnded(invocationOf({ calls }));
  return found;
}

/** A call that went through after so many seconds, and one that hung. */
function before(took: number): CallRecord[] {
  return [
    callRecord(OTHER, 'applied', { at: 0, answeredAt: took * SECOND }),
    callRecord(OTHER, 'transient', {
      at: 10 * SECOND,
      answeredAt: 35 * SECOND,
      isTimedOut: true,
    }),
  ];
}

function early(at: number, seconds: number, given: Partial<CallRecord> = {}): CallRecord {
  return callRecord(ONE, 'transient', {
    at: at * SECOND,
    givenUpAfter: seconds * SECOND,
    answeredAt: (at + seconds) * SECOND,
    isTimedOut: true,
    ...given,
  });
}

test('a call may be given up after ten times what the last one took, once one hung', () => {
  expect(violated(...before(1), early(40, 10))).toEqual([]);
  expect(violated(...before(1), early(40, 9))).toEqual(['GivenUpEarly']);
  expect(violated(...before(1).slice(0, 1), early(40, 10))).toEqual(['GivenUpEarly']);
});

test('what is still under way when a call begins says nothing of how long it may take', () => {
  const slow = (answered: number) =>
    callRecord(OTHER, 'applied', { at: 39 * SECOND, answeredAt: answered * SECOND });
  expect(violated(...before(1), slow(41), early(40, 10))).toEqual([]);
  expect(violated(...before(1), slow(41), early(41, 10))).toEqual(['GivenUpEarly']);
});

test('not before five seconds', () => {
  expect(violated(...before(0.2), early(40, 5))).toEqual([]);
  expect(violated(...before(0.2), early(40, 4))).toEqual(['GivenUpEarly']);
});

test('not where no other of the account went through for ten minutes', () => {
  expect(violated(...before(1), early(601, 10))).toEqual([]);
  expect(violated(...before(1), early(602, 10))).toEqual(['GivenUpEarly']);
  const [, hung] = before(1);
  expect(violated(...(hung ? [hung] : []), early(40, 10))).toEqual(['GivenUpEarly']);
});

test('an image alone has the whole time now and then, while others go through', () => {
  const after = (at: number) =>
    callRecord(OTHER, 'applied', { at: at * SECOND, answeredAt: (at + 0.2) * SECOND });
  const row = [40, 50, 60].flatMap((at) => [early(at, 5), after(at + 6)]);
  expect(violated(...before(0.2), ...row)).toEqual([]);
  expect(violated(...before(0.2), ...row, early(80, 5))).toEqual(['GivenUpEarly']);
  const whole = early(80, 25);
  expect(violated(...before(0.2), ...row, whole, early(110, 5))).toEqual([]);
  const alone = [40, 50, 60, 70, 80].map((at) => early(at, 5));
  expect(violated(...before(0.2), ...alone)).toEqual([]);
});

test('the whole time is never too short', () => {
  expect(violated(early(0, 25), early(30, 25))).toEqual([]);
});
