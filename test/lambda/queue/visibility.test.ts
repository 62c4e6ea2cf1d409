import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Settlement } from '../../../lambda/queue/settle.ts';
import { delaySeconds, postpone, type VisibilityEntry } from '../../../lambda/queue/visibility.ts';
import type { Retried, Verdict } from '../../../lambda/verdicts/verdict.ts';
import { readingOf } from '../../helpers/readings.ts';

const retried: Retried = { kind: 'retry', reason: 'ServerError', detail: 'HTTP 503' };
const least = () => 0;
const most = () => 1 - Number.EPSILON;

describe('the delay of a returned record', () => {
  test('doubles from 30 s to 15 min, half of it certain', () => {
    const receives = [1, 2, 3, 4, 5, 6, 7, 200];
    expect(receives.map((n) => delaySeconds(n, retried, most))).toEqual([
      30, 60, 120, 240, 480, 900, 900, 900,
    ]);
    expect(receives.map((n) => delaySeconds(n, retried, least))).toEqual([
      15, 30, 60, 120, 240, 450, 450, 450,
    ]);
  });

  test('begins with 5 s where only another invocation is in the way', () => {
    const busy: Retried = { ...retried, reason: 'Busy' };
    const receives = [1, 2, 3, 4, 200];
    expect(receives.map((n) => delaySeconds(n, busy, most))).toEqual([5, 10, 20, 40, 900]);
  });

  test('sums up to at least 24 hours before the last of 200 receives, whatever the chance', () => {
    let seconds = 0;
    for (let receive = 1; receive < 200; receive += 1) {
      seconds += delaySeconds(receive, retried, least);
    }
    expect(seconds).toBeGreaterThanOrEqual(24 * 3_600);
  });

  test('is at least what FinerWorks asks for, and never beyond 12 hours from receipt', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000 }), (asked, receives) => {
        const verdict = { ...retried, retryAfterSeconds: asked };
        const delay = delaySeconds(receives, verdict, Math.random);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeLessThanOrEqual(12 * 3_600 - 1_200);
        expect(delay).toBeGreaterThanOrEqual(Math.min(asked, 12 * 3_600 - 1_200));
      }),
    );
  });
});

describe('postponing', () => {
  const settled = (verdict: Verdict, receiveCount = 1): Settlement => ({
    reading: readingOf({ receiveCount }),
    verdict,
  });

  test('hides each returned record for its own time, and no other', async () => {
    const asked: VisibilityEntry[] = [];
    const settlements = [settled({ kind: 'applied' }), settled(retried), settled(retried, 3)];
    const failures = await postpone(
      settlements,
      async (entries) => {
        asked.push(...entries);
        return new Set(entries.map(({ Id }) => Id));
      },
      least,
    );
    expect(failures).toBe(0);
    expect(
      asked.map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout]),
    ).toEqual([
      [settlements[1]?.reading.record.receiptHandle, 15],
      [settlements[2]?.reading.record.receiptHandle, 60],
    ]);
  });

  test('counts what the queue does not confirm, and costs nothing else', async () => {
    const settlements = Array.from({ length: 25 }, () => settled(retried));
    expect(await postpone(settlements, async () => new Set(['0', '11']), least)).toBe(23);
    const unreachable = async () => {
      throw new Error('unreachable');
    };
    expect(await postpone(settlements, unreachable, least)).toBe(25);
  });
});
