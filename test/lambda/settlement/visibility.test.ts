import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import {
  delaySeconds,
  type PostponementDependencies,
  postpone,
  shortenVisibility,
  sparingSeconds,
  type VisibilityEntry,
} from '../../../lambda/settlement/visibility.ts';
import type { Retried } from '../../../lambda/verdicts/verdict.ts';
import { confirming } from '../../helpers/flow.ts';
import { sqsRecord } from '../../helpers/records.ts';
import { FAILED, noteOf, notesOn, settlementOf, UNTRIED } from '../../helpers/settlements.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T10:00:00Z');
/** 12 hours, less the time that has passed since the receipt. */
const LONGEST = 12 * 3_600 - 1_200;
const least = () => 0;
const most = () => 1 - Number.EPSILON;

const retriedFor = (reason: Retried['reason'], parts: Partial<Retried> = {}): Retried => ({
  ...FAILED,
  ...parts,
  reason,
});

describe('the delay of a returned record', () => {
  test('doubles from 30 s to 15 min with each failure, half of it certain', () => {
    const failures = [1, 2, 3, 4, 5, 6, 7, 1_000];
    expect(failures.map((n) => delaySeconds(n, FAILED, most))).toEqual([
      30, 60, 120, 240, 480, 900, 900, 900,
    ]);
    expect(failures.map((n) => delaySeconds(n, FAILED, least))).toEqual([
      15, 30, 60, 120, 240, 450, 450, 450,
    ]);
    expect(delaySeconds(0, FAILED, most)).toBe(30);
  });

  test('begins with 5 s where a newer change is in the way', () => {
    const busy = retriedFor('Busy');
    const failures = [1, 2, 3, 4, 1_000];
    expect(failures.map((n) => delaySeconds(n, busy, most))).toEqual([5, 10, 20, 40, 900]);
  });

  test.each([
    retriedFor('Deferred'),
    retriedFor('NoTimeLeft'),
    retriedFor('BudgetSpent'),
    retriedFor('Busy', { retryWithinSeconds: 200 }),
  ])('is 5 to 10 s for what was not tried, however often it failed: $reason', (untried) => {
    for (const failures of [0, 1, 7, 1_000]) {
      expect(delaySeconds(failures, untried, least)).toBe(5);
      expect(delaySeconds(failures, untried, most)).toBe(10);
    }
  });

  test('is no longer than what stands in the way, and a second at least', () => {
    expect(delaySeconds(1, retriedFor('Busy', { retryWithinSeconds: 3 }), most)).toBe(3);
    expect(delaySeconds(1, retriedFor('Busy', { retryWithinSeconds: 0 }), most)).toBe(1);
    expect(delaySeconds(9, retriedFor('ServerError', { retryWithinSeconds: 8 }), most)).toBe(8);
  });

  test('after Retry-After has chance too, so that all do not come back at once', () => {
    const asked = retriedFor('Deferred', { retryAfterSeconds: 60 });
    expect(delaySeconds(1, asked, least)).toBe(60);
    expect(delaySeconds(1, asked, most)).toBe(65);
    const throttled = retriedFor('Throttled', { retryAfterSeconds: 600 });
    // By 15 s at most.
    expect(delaySeconds(3, throttled, most)).toBe(615);
    expect(delaySeconds(6, retriedFor('Throttled', { retryAfterSeconds: 60 }), most)).toBe(900);
  });

  test('of no asked wait is the usual one', () => {
    expect(delaySeconds(1, retriedFor('Throttled', { retryAfterSeconds: 0 }), most)).toBe(30);
  });

  test('sums up to at least 24 hours before the last of 200 failures, whatever the chance', () => {
    let seconds = 0;
    for (let failures = 1; failures < 200; failures += 1) {
      seconds += delaySeconds(failures, FAILED, least);
    }
    expect(seconds).toBeGreaterThanOrEqual(24 * 3_600);
  });

  test('is at least what FinerWorks asks for, and never beyond 12 hours from receipt', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000 }), (asked, failures) => {
        const verdict = { ...FAILED, retryAfterSeconds: asked };
        const delay = delaySeconds(failures, verdict, Math.random);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeLessThanOrEqual(LONGEST);
        expect(delay).toBeGreaterThanOrEqual(Math.min(asked, LONGEST));
      }),
    );
  });
});

describe('the receives of what was not tried are spared', () => {
  const budget = { maxReceiveCount: 1_000, retryHours: 48 };
  const sparing = (receiveCount: number, now = NOW) =>
    sparingSeconds(sqsRecord({ receiveCount, firstReceivedAt: NOW }), budget, now);

  test('once half of them are used up, for as long as it may be retried', () => {
    expect(sparing(500)).toBe(0);
    // 48 hours and the longest delay over the 500 receives that are left, this one included.
    expect(sparing(501)).toBe(Math.ceil((48 * 3_600 + 900) / 500));
    expect(sparing(501, NOW + 24 * HOUR)).toBe(Math.ceil((24 * 3_600 + 900) / 500));
  });

  test('for 15 min at most, and not at all once the hours are over', () => {
    expect(sparing(1_000)).toBe(900);
    expect(sparing(501, NOW + 49 * HOUR)).toBe(0);
  });
});

describe('postponing', () => {
  const settled = (verdict: RecordOutcome['verdict'], receiveCount = 1, messageId = 'm') =>
    settlementOf(verdict, { receiveCount, messageId });

  /** Postpones, and says for how long each record is hidden, by its receipt handle. */
  async function hide(
    outcomes: readonly RecordOutcome[],
    parts: Partial<PostponementDependencies> = {},
    notes: Parameters<typeof notesOn>[1] = {},
  ) {
    const asked: VisibilityEntry[] = [];
    const failures = await postpone(outcomes, {
      changeVisibility: async (entries) => {
        asked.push(...entries);
        return confirming(entries);
      },
      notes: await notesOn(
        outcomes.map(({ parsed }) => parsed.record),
        notes,
      ),
      random: least,
      limits: { maxReceiveCount: 1_000, retryHours: 48 },
      now: NOW,
      ...parts,
    });
    const hidden = asked.map(({ ReceiptHandle, VisibilityTimeout }) => [
      outcomes.findIndex(({ parsed }) => parsed.record.receiptHandle === ReceiptHandle),
      VisibilityTimeout,
    ]);
    return { failures, hidden };
  }

  test('hides each returned record for its own time, and no other', async () => {
    const outcomes = [settled({ kind: 'applied' }), settled(FAILED), settled(FAILED, 3, 'n')];
    expect(await hide(outcomes)).toEqual({
      failures: 0,
      hidden: [
        [1, 15],
        [2, 60],
      ],
    });
  });

  test('counts failures by the note, and by receives only where there is none', async () => {
    const outcomes = [settled(FAILED, 9, 'noted'), settled(FAILED, 3, 'not noted')];
    const notes = { noted: noteOf({ failures: 1 }) };
    expect((await hide(outcomes, {}, notes)).hidden).toEqual([
      [0, 30],
      [1, 60],
    ]);
  });

  test('spares receives of what was not tried, and of nothing else', async () => {
    const outcomes = [settled(UNTRIED, 501, 'a'), settled(FAILED, 501, 'b')];
    const notes = { a: noteOf(), b: noteOf({ failures: 0 }) };
    expect((await hide(outcomes, {}, notes)).hidden).toEqual([
      [0, 348],
      [1, 15],
    ]);
  });

  test('makes as few requests as the queue allows', async () => {
    const sizes: number[] = [];
    const changeVisibility = async (entries: readonly VisibilityEntry[]) => {
      sizes.push(entries.length);
      return confirming(entries);
    };
    const outcomes = Array.from({ length: 12 }, () => settled(FAILED));
    await hide(outcomes, { changeVisibility });
    await shortenVisibility(
      outcomes.map(({ parsed }) => parsed.record),
      60,
      changeVisibility,
    );
    expect(sizes).toEqual([10, 2, 10, 2]);
  });

  test('counts what the queue does not confirm, and costs nothing else', async () => {
    const outcomes = Array.from({ length: 25 }, () => settled(FAILED));
    const changeVisibility = async () => new Set(['0', '11']);
    expect((await hide(outcomes, { changeVisibility })).failures).toBe(23);
    const unreachable = async () => {
      throw new Error('unreachable');
    };
    expect((await hide(outcomes, { changeVisibility: unreachable })).failures).toBe(25);
  });
});

describe('what may kill the process', () => {
  const records = [sqsRecord(), sqsRecord()];

  test('is hidden for the rest of the invocation, in whole seconds and one at least', async () => {
    for (const [seconds, expected] of [
      [59.2, 60],
      [-3, 1],
    ] as const) {
      const asked: VisibilityEntry[] = [];
      await shortenVisibility(records, seconds, async (entries) => {
        asked.push(...entries);
        return confirming(entries);
      });
      expect(asked).toEqual(
        records.map(({ receiptHandle }, n) => ({
          Id: String(n),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: expected,
        })),
      );
    }
  });

  test('is gone on with where that can’t be said', async () => {
    const unreachable = async () => {
      throw new Error('unreachable');
    };
    await expect(shortenVisibility(records, 60, unreachable)).resolves.toBeUndefined();
  });
});
