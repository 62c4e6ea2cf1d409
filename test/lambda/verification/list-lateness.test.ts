import { describe, expect, test } from '@jest/globals';
import { ListLateness } from '../../../lambda/verification/list-lateness.ts';

describe('how late lists are', () => {
  test('is not known before an update was seen, and none where it was seen at once', () => {
    const lateness = new ListLateness();
    expect([lateness.isKnown, lateness.expected]).toEqual([false, 0]);
    lateness.seen(300, false);
    expect([lateness.isKnown, lateness.expected]).toEqual([true, 0]);
  });

  test('is the time until a list showed what another one before did not', () => {
    const lateness = new ListLateness();
    lateness.seen(31_000, true);
    expect(lateness.expected).toBe(31_000);
  });

  test('is tried shorter after each list that was in time, until it is none', () => {
    const lateness = new ListLateness();
    lateness.seen(10_000, true);
    lateness.seen(10_000, false);
    expect(lateness.expected).toBe(9_000);
    for (let seen = 0; seen < 40; seen += 1) lateness.seen(lateness.expected, false);
    expect(lateness.expected).toBe(0);
  });

  test('says how long to wait: longer where nothing is known, shorter where a part is there', () => {
    const lateness = new ListLateness();
    expect(lateness.patience(false, true)).toBe(120_000);
    expect(lateness.patience(false, false)).toBe(15_000);
    expect(lateness.patience(true, true)).toBe(3_000);
    lateness.seen(20_000, true);
    expect(lateness.patience(false, false)).toBe(60_000);
    expect(lateness.patience(true, false)).toBe(40_000);
  });
});
