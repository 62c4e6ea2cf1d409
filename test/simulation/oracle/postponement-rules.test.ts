import { expect, test } from '@jest/globals';
import type { Message } from '../../../simulation/aws/message.ts';
import { PostponementRules } from '../../../simulation/oracle/postponement-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const EVENT = producedEvent('e1', { images: [{ guid: GUID, title: 'A' }] });
const CALL = callRecord([{ guid: GUID, title: 'A' }], 'transient');

/** What a record that is returned so, and hidden for so long, violates. @param message what else is known of it */
function violated(
  reason: string,
  seconds: number,
  receives = 1,
  message: Partial<Message> = {},
): Rule[] {
  const found: Rule[] = [];
  const rules = new PostponementRules(simulatedSettings(), (rule) => found.push(rule));
  const received = receivedOf(EVENT, { receives });
  const record = { ...received, message: { ...received.message, ...message } };
  const { handle } = record;
  rules.invocationEnded(
    invocationOf({
      records: [record],
      calls: [CALL],
      hidden: [{ handle, seconds }],
      reasons: new Map([[handle, reason]]),
    }),
    () => false,
  );
  return found;
}

test('what was not tried comes back within 5 to 10 s, whatever its receives', () => {
  expect(violated('NoTimeLeft', 5, 100)).toEqual([]);
  expect(violated('BudgetSpent', 10, 100)).toEqual([]);
  expect(violated('NoTimeLeft', 11, 100)).toEqual(['PostponedWrongly']);
  expect(violated('NoTimeLeft', 4)).toEqual(['PostponedWrongly']);
});

test('what waits for a circuit, or as FinerWorks asked before, comes back when that may be tried', () => {
  expect(violated('Deferred', 300)).toEqual([]);
  expect(violated('Deferred', 3_615)).toEqual([]);
  expect(violated('Deferred', 3_616)).toEqual(['PostponedWrongly']);
});

test('a failure is hidden for half to the whole of 30 s at first', () => {
  expect(violated('Network', 15)).toEqual([]);
  expect(violated('Network', 30)).toEqual([]);
  expect(violated('Network', 31)).toEqual(['PostponedWrongly']);
  expect(violated('Network', 14)).toEqual(['PostponedWrongly']);
});

test('receives without failures do not make it longer than they would', () => {
  expect(violated('Network', 15, 50)).toEqual([]);
  expect(violated('Network', 901, 50)).toEqual(['PostponedWrongly']);
});

test('what waits behind an undecided change is hidden for 5 s at first, doubling with each failure', () => {
  expect(violated('Busy', 3)).toEqual([]);
  expect(violated('Busy', 2)).toEqual(['PostponedWrongly']);
  expect(violated('Busy', 10)).toEqual([]);
  expect(violated('Busy', 11)).toEqual(['PostponedWrongly']);
  expect(violated('Busy', 40, 4)).toEqual([]);
  expect(violated('Busy', 41, 4)).toEqual(['PostponedWrongly']);
});

test('copies of a message, received while it was in flight, may count as failures of one another', () => {
  const copies = { receives: 4, duplicates: 1 };
  expect(violated('Busy', 80, 2, copies)).toEqual([]);
  expect(violated('Busy', 81, 2, copies)).toEqual(['PostponedWrongly']);
  expect(violated('Network', 480, 2, copies)).toEqual([]);
  expect(violated('Network', 481, 2, copies)).toEqual(['PostponedWrongly']);
});

test('a failure of a later receive does not count for an earlier one, whichever invocation ends first', () => {
  const found: Rule[] = [];
  const rules = new PostponementRules(simulatedSettings(), (rule) => found.push(rule));
  for (const receives of [3, 2]) {
    const record = receivedOf(EVENT, { receives });
    const hidden = [{ handle: record.handle, seconds: 15 }];
    const reasons = new Map([[record.handle, 'Network']]);
    rules.invocationEnded(
      invocationOf({ records: [record], calls: [CALL], hidden, reasons }),
      () => false,
    );
  }
  expect(found).toEqual([]);
});

test('where each receive left a note, only failures make it longer', () => {
  const found: Rule[] = [];
  const rules = new PostponementRules(simulatedSettings(), (rule) => found.push(rule));
  const returned = (receives: number, reason: string, seconds: number) => {
    const record = receivedOf(EVENT, { receives });
    const hidden = [{ handle: record.handle, seconds }];
    const reasons = new Map([[record.handle, reason]]);
    rules.invocationEnded(
      invocationOf({ records: [record], calls: [CALL], hidden, reasons }),
      () => false,
    );
  };
  for (const receives of [1, 2, 3]) returned(receives, 'NoTimeLeft', 8);
  returned(4, 'Network', 30);
  expect(found).toEqual([]);
  returned(5, 'Network', 61);
  expect(found).toEqual(['PostponedWrongly']);
});
