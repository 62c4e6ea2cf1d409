import { expect, test } from '@jest/globals';
import { ForceRule } from '../../../simulation/oracle/force-rule.ts';
import { ValueBook } from '../../../simulation/oracle/value-book.ts';
import type { ProducedEvent } from '../../../simulation/producer/event.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord } from '../../helpers/simulated-calls.ts';

const SENT_AT = 60_000;
const order = { milliseconds: SENT_AT, nanoseconds: 0, sentAt: SENT_AT, id: 'forced' };
const FORCED = producedEvent('e1', { force: true, images: [{ guid: GUID, title: 'A' }], order });

function ruleOf(...events: ProducedEvent[]) {
  const values = new ValueBook();
  for (const event of events) values.add(event);
  return { values, rule: new ForceRule(values) };
}

test('an update since the event was sent obeys it', () => {
  const { rule } = ruleOf(FORCED);
  rule.updated(callRecord([{ guid: GUID, title: 'A' }], 'applied', { at: SENT_AT }));
  expect(rule.isObeyed(FORCED)).toBe(true);
});

test('an update from before the event was sent does not', () => {
  const { rule } = ruleOf(FORCED);
  rule.updated(callRecord([{ guid: GUID, title: 'A' }], 'applied', { at: 1_000 }));
  expect(rule.isObeyed(FORCED)).toBe(false);
});

test('a newer value that went through makes it outdated', () => {
  const newer = producedEvent('e2', {
    images: [{ guid: GUID, title: 'B' }],
    order: { ...order, milliseconds: SENT_AT + 1 },
  });
  const { rule, values } = ruleOf(FORCED, newer);
  values.confirm([{ guid: GUID, title: 'B' }]);
  expect(rule.isObeyed(FORCED)).toBe(true);
});

test('a newer value that an answer only said was taken makes it outdated as well', () => {
  const newer = producedEvent('e2', {
    images: [{ guid: GUID, title: 'B' }],
    order: { ...order, milliseconds: SENT_AT + 1 },
  });
  const { rule } = ruleOf(FORCED, newer);
  expect(rule.isObeyed(FORCED)).toBe(false);
  const claimed = [{ guid: GUID, title: 'B' }];
  rule.updated(callRecord(claimed, 'applied', { at: SENT_AT, confirmed: [], claimed }));
  expect(rule.isObeyed(FORCED)).toBe(true);
});
