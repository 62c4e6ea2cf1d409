import { expect, test } from '@jest/globals';
import type {
  CallRecord,
  ListRecord,
  Meaning,
} from '../../../simulation/finerworks/call-record.ts';
import { CircuitRules } from '../../../simulation/oracle/circuit-rules.ts';
import type { Rule } from '../../../simulation/oracle/violation.ts';
import { GUID } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const SECOND = 1_000;
const PAIR = [
  { guid: GUID, title: 'A' },
  { guid: GUID.replace('1', '2'), title: 'A' },
];
const ONE = PAIR.slice(0, 1);

function violated(...calls: CallRecord[]): Rule[] {
  return violatedBeside([], ...calls);
}

function violatedBeside(lists: ListRecord[], ...calls: CallRecord[]): Rule[] {
  const found: Rule[] = [];
  const rules = new CircuitRules(simulatedSettings(), (rule) => found.push(rule));
  rules.invocationEnded(invocationOf({ calls, lists }));
  return found;
}

function failures(count: number, given: Parameters<typeof callRecord>[2] = {}): CallRecord[] {
  return Array.from({ length: count }, (_, at) =>
    callRecord(PAIR, 'transient', { at: at * 2 * SECOND, ...given }),
  );
}

test('after five failures in a row an account is left alone for 30 s', () => {
  expect(violated(...failures(5), callRecord(ONE, 'applied', { at: 12 * SECOND }))).toEqual([
    'BreakerIgnored',
  ]);
  expect(violated(...failures(5), callRecord(ONE, 'applied', { at: 39 * SECOND }))).toEqual([]);
});

test('then one image goes first', () => {
  expect(violated(...failures(5), callRecord(PAIR, 'applied', { at: 60 * SECOND }))).toEqual([
    'BreakerIgnored',
  ]);
});

test('another account goes on', () => {
  const other = callRecord(PAIR, 'applied', { at: 12 * SECOND, account: 'another' });
  expect(violated(...failures(5), other)).toEqual([]);
});

test('a success in between begins the count anew', () => {
  const [first, second, ...others] = failures(5);
  if (first === undefined || second === undefined) throw new Error('There are five failures');
  const success = callRecord(PAIR, 'applied', { at: 3 * SECOND });
  const more = callRecord(PAIR, 'transient', { at: 20 * SECOND });
  const last = callRecord(PAIR, 'applied', { at: 22 * SECOND });
  expect(violated(first, success, ...others, more, last)).toEqual([]);
});

test('a list call that is answered does not hide that no update is, before it opens and after', () => {
  const listed = { at: 9 * SECOND, answeredAt: 9 * SECOND, account: null, guids: [GUID] };
  const answered = (at: number): ListRecord => ({
    ...listed,
    at,
    answeredAt: at,
    meaning: 'applied',
  });
  const early = callRecord(ONE, 'applied', { at: 12 * SECOND });
  expect(violatedBeside([answered(7 * SECOND)], ...failures(5), early)).toEqual(['BreakerIgnored']);
  const all = callRecord(PAIR, 'applied', { at: 60 * SECOND });
  expect(violatedBeside([answered(50 * SECOND)], ...failures(5), all)).toEqual(['BreakerIgnored']);
});

test('a timeout counts for two', () => {
  const slow = failures(3, { isTimedOut: true });
  expect(violated(...slow, callRecord(ONE, 'applied', { at: 10 * SECOND }))).toEqual([
    'BreakerIgnored',
  ]);
});

test('calls of an image that failed before may count or not: what only one of the two forbids is right', () => {
  const fails = (images: typeof PAIR, at: number) =>
    callRecord(images, 'transient', { at: at * SECOND });
  const listed = (meaning: Meaning, at: number): ListRecord => ({
    ...{ at: at * SECOND, answeredAt: at * SECOND, account: null, guids: [GUID], meaning },
  });
  const first = [fails(PAIR, 0), fails(ONE, 2), fails(ONE, 4), fails(ONE, 6), fails(PAIR, 8)];
  // With them it opened after these, and looks open it anew and close it; without them it opens later.
  const lists = [listed('transient', 50), listed('applied', 120)];
  const more = [fails(PAIR, 122), fails(PAIR, 124), fails(PAIR, 126)];
  expect(violatedBeside(lists, ...first, ...more, fails(PAIR, 128))).toEqual([]);
  expect(
    violatedBeside(lists, ...first, ...more, fails(PAIR, 128), fails(PAIR, 130), fails(PAIR, 132)),
  ).toEqual(['BreakerIgnored']);
});

test('an account waits as long as it was asked to, and an hour at most', () => {
  const asking = callRecord(ONE, 'transient', { retryAfter: 10_000 * SECOND });
  const early = callRecord(ONE, 'applied', { at: 3_500 * SECOND });
  const late = callRecord(ONE, 'applied', { at: 3_600 * SECOND });
  expect(violated(asking, early)).toEqual(['RetryAfterIgnored']);
  expect(violated(asking, late)).toEqual([]);
});
