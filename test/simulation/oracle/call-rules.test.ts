import { expect, test } from '@jest/globals';
import type { CallRecord } from '../../../simulation/finerworks/call-record.ts';
import { ContentRules } from '../../../simulation/oracle/call-rules.ts';
import { RefusalBook } from '../../../simulation/oracle/refusal-book.ts';
import { ValueBook } from '../../../simulation/oracle/value-book.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf, receivedOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const BAD = { guid: GUID, title: 'Forbidden' };
const OTHER = { guid: GUID.replace(/1$/, '2'), title: 'A' };
const EVENT = producedEvent('e1', { images: [BAD, OTHER] });

/** What an invocation violates that makes these calls. */
function violated(...calls: readonly CallRecord[]): Rule[] {
  const found: Rule[] = [];
  const values = new ValueBook();
  const refusals = new RefusalBook();
  values.add(EVENT);
  for (const call of calls) refusals.learn(call);
  const invocation = invocationOf({ records: [receivedOf(EVENT)], calls: [...calls] });
  const known = { invocation, settings: simulatedSettings(), values, refusals };
  new ContentRules(known, (rule) => found.push(rule)).check();
  return found;
}

test('what was refused alone is not sent again in the same part of a batch', () => {
  const calls = [callRecord([BAD], 'refused'), callRecord([BAD, OTHER], 'refused', { at: 2_000 })];
  expect(violated(...calls)).toEqual(['ResentRefused']);
});

test('another event may want what was refused alone in an earlier part of the batch', () => {
  const calls = [
    callRecord([BAD], 'refused', { part: 1 }),
    callRecord([BAD, OTHER], 'refused', { at: 2_000, part: 2 }),
  ];
  expect(violated(...calls)).toEqual([]);
});

test('what was proved good is not sent again, not even in a later part of the batch', () => {
  const again = (part: number) => [
    callRecord([OTHER], 'applied', { part: 0 }),
    callRecord([OTHER], 'applied', { at: 2_000, part }),
  ];
  expect(violated(...again(0))).toEqual(['ResentGood']);
  expect(violated(...again(1))).toEqual(['ResentGood']);
});

test('what may only have been sent along may be asked for in a later part of the batch', () => {
  const both = { ...OTHER, description: 'B' };
  const again = (part: number) => [
    callRecord([both], 'applied', { part: 0 }),
    callRecord([both], 'applied', { at: 2_000, part }),
  ];
  expect(violated(...again(0))).toContain('ResentGood');
  expect(violated(...again(1))).not.toContain('ResentGood');
});
