import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { trailEntries } from '../../../lambda/trail/trail-entries.ts';
import { TrailEntry } from '../../../lambda/trail/trail-entry.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { guid, type RecordParts } from '../../helpers/records.ts';
import { settlementOf } from '../../helpers/settlements.ts';

const APPLIED: Verdict = { kind: 'applied' };

function entryOf(verdict: Verdict, parts: RecordParts = {}) {
  return trailEntries([settlementOf(verdict, parts)])[0];
}

test.each([
  [{ kind: 'applied' }, 'applied'],
  [{ kind: 'unchanged' }, 'unchanged'],
  [{ kind: 'superseded' }, 'superseded'],
  [{ kind: 'retry', reason: 'Timeout', detail: 'no answer' }, 'returned'],
  [{ kind: 'rejected', reason: 'Refused', detail: 'no' }, 'dead-lettered'],
] as const)('%j is %s', (verdict, told) => {
  expect(entryOf(verdict)?.verdict).toBe(told);
});

test('an entry says which event, message, images and account, and nothing that an event has not', () => {
  const body = {
    ...{ id: 'order-17', source: 'shop', account_key: 'acme', time: '2026-11-23T09:00:00Z' },
    images: [1, 2].map((n) => ({ guid: guid(n), title: 'A title' })),
  };
  const sentTimestamp = Date.parse('2026-11-23T10:00:00Z');
  const parts = { body, messageId: 'm', receiveCount: 3, sentTimestamp };
  expect(entryOf(APPLIED, parts)).toEqual({
    ...{ id: 'order-17', source: 'shop', account: 'acme', time: '2026-11-23T09:00:00.000000000Z' },
    ...{ messageId: 'm', sentAt: sentTimestamp, receives: 3 },
    ...{ images: 2, guids: [guid(1), guid(2)], verdict: 'applied' },
  });
  const plain = entryOf(APPLIED, { ...parts, body: { guid: guid(1), title: 'A title' } });
  expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['id', 'source', 'account']));
});

test('a failure says why, the images at fault, the status of the answer and the dead letter', () => {
  const verdict: Verdict = {
    ...{ kind: 'rejected', reason: 'RetriesExhausted', detail: 'x'.repeat(1_000) },
    ...{ guids: [guid(1)], http: { status: 503, excerpt: 'down' }, lastReason: 'ServerError' },
  };
  const deadLetter = { messageId: 'letter' };
  expect(trailEntries([{ ...settlementOf(verdict), deadLetter }])).toMatchObject([
    {
      ...{ reason: 'RetriesExhausted', lastReason: 'ServerError', detail: 'x'.repeat(200) },
      ...{ faulty: [guid(1)], status: 503, letterId: 'letter' },
    },
  ]);
});

test('a failure says nothing that is not known of it', () => {
  const verdict: Verdict = { kind: 'rejected', reason: 'InvalidEvent', detail: 'no guid' };
  const parts = { body: 'none', messageId: 'm', receiveCount: 1, sentTimestamp: 5 };
  expect(trailEntries([settlementOf(verdict, parts)])).toStrictEqual([
    {
      ...{ messageId: 'm', sentAt: 5, receives: 1, images: 0, guids: [] },
      ...{ verdict: 'dead-lettered', reason: 'InvalidEvent', detail: 'no guid' },
    },
  ]);
});

test('of very many images an entry names the first, and tells how many there are', () => {
  const guids = Array.from({ length: 9_001 }, (_, n) => guid(n + 1));
  const verdict: Verdict = { kind: 'rejected', reason: 'Refused', detail: 'no', guids };
  const entry = entryOf(verdict, { body: { images: guids.map((guid) => ({ guid, title: 'A' })) } });
  expect(entry).toMatchObject({ images: 9_001, faulty: guids.slice(0, 20) });
  expect(entry?.guids).toEqual(guids.slice(0, 9_000));
});

test('a redriven message is linked to its first sending', () => {
  const origin = { messageId: 'first', sentTimestamp: 5, time: null, id: 'order-17' };
  const stringValue = JSON.stringify({ count: 2, origin });
  const redrive = {
    ...{ dataType: 'String', stringValue },
    ...{ stringListValues: [], binaryListValues: [] },
  };
  expect(entryOf(APPLIED, { messageId: 'again', messageAttributes: { redrive } })).toMatchObject({
    ...{ id: 'order-17', messageId: 'again' },
    origin: { messageId: 'first', sentAt: 5, redrives: 2 },
  });
});

test('heartbeats have no entry, and what can’t be read has one', () => {
  const unreadable = { body: '{"heartbeat": "x"}' };
  expect(entryOf({ kind: 'unchanged' }, unreadable)).toBeUndefined();
  const rejected: Verdict = { kind: 'rejected', reason: 'InvalidEvent', detail: 'no guid' };
  expect(entryOf(rejected, unreadable)).toMatchObject({ images: 0, reason: 'InvalidEvent' });
});

describe('whatever an event is,', () => {
  const text = fc.string({ maxLength: 5_000, unit: 'binary' });
  const label = fc.string({ minLength: 1, maxLength: 2_000, unit: 'binary' });

  test('its entry is bounded, and readable as what it was', () => {
    const parts = fc.record({ id: label, source: label, title: text, account_key: label });
    fc.assert(
      fc.property(parts, text, (event, detail) => {
        const verdict: Verdict = { kind: 'retry', reason: 'Timeout', detail };
        const entry = entryOf(verdict, { body: { ...event, guid: guid(1) } });
        const json = JSON.stringify(entry);
        expect(json.length).toBeLessThan(6_000);
        expect(TrailEntry.parse(JSON.parse(json))).toEqual(entry);
      }),
    );
  });

  test('its texts are not in its entry, even where an answer quotes them', () => {
    const title = fc.string({ minLength: 4, maxLength: 300 });
    fc.assert(
      fc.property(title, fc.string(), (text, other) => {
        fc.pre(!other.includes(text.slice(0, 4)) && !/^[\w ]*$/.test(text));
        const detail = `HTTP 500: bad value ${text.slice(0, 150)} ${other}`;
        const verdict: Verdict = { kind: 'retry', reason: 'ServerError', detail };
        const entry = entryOf(verdict, { body: { guid: guid(1), title: text } });
        expect(entry?.detail ?? '').not.toContain(text.slice(0, 20));
        expect(entry?.detail).toContain('HTTP 500');
      }),
    );
  });
});
