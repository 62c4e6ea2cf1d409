import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Outcome } from '../../../lambda/outcomes/outcome.ts';
import { OUTCOME_KINDS } from '../../../lambda/outcomes/outcome-kinds.ts';
import { outcomesToTell } from '../../../lambda/outcomes/outcomes-to-tell.ts';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { guid, type RecordParts } from '../../helpers/records.ts';
import { FAILED, settlementOf } from '../../helpers/settlements.ts';

const NOW = Date.parse('2026-11-27T13:00:00.250Z');
const APPLIED: Verdict = { kind: 'applied' };
const REFUSED: Verdict = { kind: 'rejected', reason: 'Refused', detail: 'HTTP 400: no such image' };
const GIVEN_UP: Verdict = {
  ...{ kind: 'rejected', reason: 'RetriesExhausted', lastReason: 'ServerError' },
  detail: '48 hours of retries ended with ServerError: HTTP 503',
};

function told(records: readonly RecordOutcome[], kinds = OUTCOME_KINDS.slice()) {
  const settings = { kinds, service: 'image-updates' };
  return outcomesToTell(records, settings, { requestId: 'request', now: NOW });
}

function toldOf(verdict: Verdict, parts: RecordParts = {}) {
  return told([settlementOf(verdict, parts)]);
}

test.each([
  [APPLIED, 'applied'],
  [{ kind: 'unchanged' }, 'unchanged'],
  [{ kind: 'superseded' }, 'superseded'],
  [REFUSED, 'dead-lettered'],
  [GIVEN_UP, 'retries-exhausted'],
] as const)('%j is told as %s', (verdict, kind) => {
  expect(toldOf(verdict)).toMatchObject([{ type: `finerworks-image-updates.${kind}` }]);
});

test('nothing is told of what goes back to the queue, nor of heartbeats', () => {
  expect(toldOf(FAILED)).toEqual([]);
  expect(toldOf({ kind: 'unchanged' }, { body: '{"heartbeat": "x"}' })).toEqual([]);
});

test('only the kinds that the setting names are told', () => {
  const records = [APPLIED, REFUSED, GIVEN_UP].map((verdict) => settlementOf(verdict));
  expect(told(records, ['dead-lettered'])).toMatchObject([
    { type: 'finerworks-image-updates.dead-lettered', id: 'request-0' },
  ]);
});

describe('a message that is in a batch twice', () => {
  const parts = { messageId: 'twice' };

  test('has one outcome', () => {
    const copies = [settlementOf(APPLIED, parts), settlementOf({ kind: 'superseded' }, parts)];
    expect(told(copies)).toHaveLength(1);
  });

  test('has none where either copy brings it back', () => {
    expect(told([settlementOf(APPLIED, parts), settlementOf(FAILED, parts)])).toEqual([]);
  });
});

test('an outcome is a CloudEvent with the event, its images and times', () => {
  const body = {
    ...{ id: 'order-17', source: 'shop', account_key: 'acme', time: '2026-11-27T12:00:00Z' },
    images: [1, 2].map((n) => ({ guid: guid(n), title: 'A title' })),
  };
  const sentTimestamp = Date.parse('2026-11-27T12:59:00Z');
  const parts = { body, messageId: 'm', receiveCount: 3, sentTimestamp };
  expect(toldOf(APPLIED, parts)).toEqual([
    {
      ...{ specversion: '1.0', id: 'request-0', source: '/finerworks-image-updates/image-updates' },
      ...{ type: 'finerworks-image-updates.applied', time: '2026-11-27T13:00:00.250Z' },
      datacontenttype: 'application/json',
      data: {
        event: { id: 'order-17', source: 'shop', time: '2026-11-27T12:00:00.000000000Z' },
        ...{ messageId: 'm', sentAt: '2026-11-27T12:59:00.000Z', receives: 3, account: 'acme' },
        ...{ images: 2, guids: [guid(1), guid(2)] },
      },
    },
  ]);
});

test('a failure says why, and a redriven message where it came from', () => {
  const origin = { messageId: 'first', sentTimestamp: 5, time: null, id: null };
  const redrive = {
    ...{ dataType: 'String', stringValue: JSON.stringify({ count: 2, origin }) },
    ...{ stringListValues: [], binaryListValues: [] },
  };
  const record = settlementOf(GIVEN_UP, { messageAttributes: { redrive } });
  expect(told([{ ...record, deadLetter: { messageId: 'letter' } }])).toMatchObject([
    {
      data: {
        ...{ reason: 'RetriesExhausted', lastReason: 'ServerError', letterId: 'letter' },
        detail: '48 hours of retries ended with ServerError: HTTP 503',
        origin: { messageId: 'first', sentAt: '1970-01-01T00:00:00.005Z', redrives: 2 },
      },
    },
  ]);
});

test('what is said of an event that could not be read is not told: it may quote any part of it', () => {
  const detail = 'the body: "{"title": "A heron" is not valid JSON';
  const [outcome] = toldOf({ kind: 'rejected', reason: 'NotJson', detail }, { body: '{"title"' });
  expect(outcome?.data).toMatchObject({ reason: 'NotJson', event: {}, guids: [] });
  expect(JSON.stringify(outcome)).not.toContain('heron');
});

describe('an outcome that comes back as an event makes no circle:', () => {
  const rejected: Verdict = { kind: 'rejected', reason: 'InvalidEvent', detail: 'no guid' };
  const [outcome] = toldOf(APPLIED);
  const { type } = outcome ?? {};
  const bodies = {
    plain: outcome,
    'of a bus': { 'detail-type': type, source: 'finerworks-image-updates', detail: outcome },
    'of a topic': { TopicArn: 'arn', Message: JSON.stringify(outcome) },
    'of a topic that hears a bus': {
      TopicArn: 'arn',
      Message: JSON.stringify({ detail: JSON.stringify(outcome) }),
    },
  };

  test.each(Object.entries(bodies))('%s', (_how, body) => {
    expect(toldOf(rejected, { body })).toEqual([]);
    expect(toldOf(rejected, { body: JSON.stringify(body, null, 2) })).toEqual([]);
  });

  test('but a change that wears the type of one is told of, once it is applied', () => {
    const envelope = { specversion: '1.0', type, source: 'shop', id: 'order-17' };
    const body = { ...envelope, data: { guid: guid(1), title: 'A title' } };
    expect(toldOf(APPLIED, { body })).toHaveLength(1);
  });

  test('but an event that only names this system is told of', () => {
    const body = { id: 'finerworks-image-updates.1', source: 'finerworks-image-updates' };
    expect(toldOf(rejected, { body })).toHaveLength(1);
  });
});

test('whatever an event is, its outcome is as the schema says, bounded, and holds none of its texts', () => {
  const text = fc.string({ minLength: 4, maxLength: 500, unit: 'binary' });
  const label = fc.string({ minLength: 1, maxLength: 2_000, unit: 'binary' });
  const parts = fc.record({ id: label, source: label, account_key: label });
  const verdicts = fc.constantFrom<Verdict>(APPLIED, { kind: 'unchanged' }, REFUSED, GIVEN_UP);
  fc.assert(
    fc.property(parts, text, verdicts, (event, title, verdict) => {
      const marked = `<<${title}>>`;
      const quoting = 'detail' in verdict ? { ...verdict, detail: `HTTP 400: ${marked}` } : verdict;
      for (const outcome of toldOf(quoting, { body: { ...event, guid: guid(1), title: marked } })) {
        expect(Outcome.parse(JSON.parse(JSON.stringify(outcome)))).toEqual(outcome);
        expect(JSON.stringify(outcome).length).toBeLessThan(8_000);
        expect(outcome.data.detail ?? '').not.toContain('<<');
      }
    }),
  );
});

test('the largest event fits into a message of a topic', () => {
  const images = Array.from({ length: 9_000 }, (_, n) => ({ guid: guid(n), title: '' }));
  const [outcome] = toldOf(APPLIED, { body: { images } });
  expect(outcome?.data).toMatchObject({ images: 9_000 });
  // (AWS: SNS PublishBatch)
  expect(Buffer.byteLength(JSON.stringify(outcome))).toBeLessThan(262_144);
});
