import { describe, expect, test } from '@jest/globals';
import { renderHistory } from '../../../cli/images/render-history.ts';
import type { ImageTrouble } from '../../../lambda/ledger/item.ts';
import { guid } from '../../helpers/records.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HALF_AN_HOUR = 1_800_000;

const linesOf = (trouble: ImageTrouble | undefined) =>
  renderHistory({ guid: guid(1), token: 't', expiresAt: 0, trouble }, NOW);

const failing = (failures: number): ImageTrouble => ({
  failing: { reason: 'Timeout', detail: 'no answer within 25 s', failures, at: NOW },
});

describe('an image’s trouble is told', () => {
  test('as since when these values are refused alone', () => {
    expect(linesOf({ refused: { since: NOW - HALF_AN_HOUR, hash: 'abc' } })).toEqual([
      'refused       alone, values abc, since 2026-11-23T11:30:00.000Z',
    ]);
  });

  test.each([
    [0, 'in a call with other images, not yet tried alone'],
    [1, 'alone, 1 time in a row'],
    [12, 'alone, 12 times in a row'],
  ])('as how often it failed, when and why: %d times', (failures, count) => {
    expect(linesOf(failing(failures))).toEqual([
      `failing       ${count}, last 2026-11-23T12:00:00.000Z`,
      '              Timeout: no answer within 25 s',
    ]);
  });

  test('not at all where there is none', () => {
    expect(linesOf(undefined)).toEqual([]);
    expect(linesOf({})).toEqual([]);
  });
});
