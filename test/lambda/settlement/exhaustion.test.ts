import { describe, expect, test } from '@jest/globals';
import type { MessageNote } from '../../../lambda/evidence/evidence-store.ts';
import { changesGivenUp, giveUpExhausted } from '../../../lambda/settlement/exhaustion.ts';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import type { Retried, Verdict } from '../../../lambda/verdicts/verdict.ts';
import type { RecordParts } from '../../helpers/records.ts';
import { noteOf, notesOn, settlementOf, UNTRIED } from '../../helpers/settlements.ts';

const HOUR = 3_600_000;
const SENT = Date.parse('2026-11-23T10:00:00Z');
const LIMITS = { maxReceiveCount: 200, retryHours: 48, retentionHours: 168 };

const retried: Retried = { kind: 'retry', reason: 'Throttled', detail: 'HTTP 429: slow down' };

interface Parts extends RecordParts {
  readonly now?: number;
  readonly note?: MessageNote;
  readonly limits?: Partial<typeof LIMITS>;
}

/** What becomes of a record that was just received for the first time, unless a test says otherwise. */
async function decide(verdict: Verdict, { now = SENT, note, limits, ...parts }: Parts = {}) {
  const outcome = settlementOf(verdict, { sentTimestamp: SENT, messageId: 'm', ...parts });
  // A note is read of what was received before.
  const notes = await notesOn([outcome.parsed.record], note && { m: note });
  return giveUpExhausted([outcome], { ...LIMITS, ...limits }, notes, now)[0]?.verdict;
}

describe('receives', () => {
  test('permit retries up to the one before the last', async () => {
    expect(await decide(retried, { receiveCount: 199 })).toBe(retried);
  });

  test.each([200, 201])('end at the last that is permitted: %d of 200', async (receiveCount) => {
    expect(await decide(retried, { receiveCount })).toEqual({
      kind: 'rejected',
      reason: 'RetriesExhausted',
      lastReason: 'Throttled',
      detail: `receive ${receiveCount} of 200 ended with Throttled: HTTP 429: slow down`,
    });
  });

  test('of a message that stands twice in a batch end once for both', async () => {
    const twice = [199, 200].map((receiveCount) =>
      settlementOf(retried, { receiveCount, messageId: 'm', sentTimestamp: SENT }),
    );
    const notes = await notesOn(twice.map(({ parsed }) => parsed.record));
    for (const outcomes of [twice, twice.toReversed()]) {
      const decided = giveUpExhausted(outcomes, LIMITS, notes, SENT);
      expect(decided.map(({ verdict }) => verdict.kind)).toEqual(['rejected', 'rejected']);
    }
  });
});

describe('the hours of retries', () => {
  test('begin with the first receive, not with the sending', async () => {
    const firstReceivedAt = SENT + 2 * HOUR;
    const late = { firstReceivedAt, now: firstReceivedAt + 48 * HOUR - 1 };
    expect(await decide(retried, late)).toBe(retried);
    expect(await decide(retried, { ...late, now: late.now + 1 })).toMatchObject({
      reason: 'RetriesExhausted',
      detail: '48 hours of retries ended with Throttled: HTTP 429: slow down',
      lastReason: 'Throttled',
    });
  });

  test('are told as whole hours', async () => {
    expect(await decide(retried, { now: SENT + 49.9 * HOUR })).toMatchObject({
      detail: expect.stringMatching(/^49 hours of retries ended/),
    });
  });
});

describe('the queue’s retention', () => {
  /** So long before the queue drops it. */
  const leaving = (hours: number, limits: Partial<typeof LIMITS> = {}) => {
    const { retentionHours } = { ...LIMITS, ...limits };
    const now = SENT + (retentionHours - hours) * HOUR;
    return { now, firstReceivedAt: now, receiveCount: 2, limits };
  };

  test('leaves time for two more receives, of the longest delay each, and an hour', async () => {
    expect(await decide(retried, leaving(1.5))).toBe(retried);
    expect(await decide(retried, leaving(1.5 - 0.001))).toEqual({
      kind: 'rejected',
      reason: 'RetriesExhausted',
      lastReason: 'Throttled',
      detail:
        'the last receive before the queue would drop it after 168 hours ended with Throttled: HTTP 429: slow down',
    });
  });

  test('counts the wait that FinerWorks asked for', async () => {
    const asked = { ...retried, retryAfterSeconds: 3_600 };
    expect(await decide(asked, leaving(3))).toBe(asked);
    expect(await decide(asked, leaving(2.99))).toMatchObject({ reason: 'RetriesExhausted' });
    const short = { ...retried, retryAfterSeconds: 60 };
    expect(await decide(short, leaving(1.5))).toBe(short);
  });

  test('where it is short leaves three quarters of itself for retries', async () => {
    const short = { retentionHours: 2 };
    expect(await decide(retried, leaving(0.5, short))).toBe(retried);
    expect(await decide(retried, leaving(0.499, short))).toMatchObject({
      reason: 'RetriesExhausted',
    });
  });
});

describe('the cause that is told', () => {
  const last = { receiveCount: 200 };

  test('of what was not tried this time is that of the last call for it', async () => {
    expect(await decide(UNTRIED, { ...last, note: noteOf() })).toMatchObject({
      lastReason: 'Timeout',
      detail: 'receive 200 of 200 ended with Timeout: no answer',
    });
  });

  test('of what was tried this time is what came of it', async () => {
    expect(await decide(retried, { ...last, note: noteOf() })).toMatchObject({
      lastReason: 'Throttled',
    });
  });

  test('of what was never tried, though it came back before, is that', async () => {
    const note = noteOf({ reason: 'NoTimeLeft', failures: 0 });
    expect(await decide(UNTRIED, { ...last, note })).toMatchObject({ lastReason: 'Deferred' });
  });

  test('of what was never tried is that', async () => {
    expect(await decide(UNTRIED, last)).toMatchObject({ lastReason: 'Deferred' });
  });
});

test('what went well or was rejected keeps its verdict at the last receive', async () => {
  const applied: Verdict = { kind: 'applied' };
  const rejected: Verdict = { kind: 'rejected', reason: 'Refused', detail: 'no' };
  const parts = { receiveCount: 200, now: SENT + 200 * HOUR };
  expect(await decide(applied, parts)).toBe(applied);
  expect(await decide(rejected, parts)).toBe(rejected);
});

test('the changes of records that were given up are told, and of no others', () => {
  const exhausted: Verdict = { kind: 'rejected', reason: 'RetriesExhausted', detail: '' };
  const outcomes: RecordOutcome[] = [
    settlementOf(exhausted),
    settlementOf({ kind: 'rejected', reason: 'Refused', detail: '' }),
    settlementOf(retried),
    settlementOf({ kind: 'applied' }),
  ];
  expect(changesGivenUp(outcomes)).toEqual(outcomes[0]?.parsed.changes);
});
