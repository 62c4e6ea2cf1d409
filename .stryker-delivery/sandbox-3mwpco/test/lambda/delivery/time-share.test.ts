// @ts-nocheck
import { expect, test } from '@jest/globals';
import { TimeShare } from '../../../lambda/delivery/time-share.ts';

test('a sandbox that was just started has time for one call that hangs', () => {
  const share = new TimeShare(0);
  expect(share.isLeft(0)).toBe(true);
  share.spend(24_999);
  expect(share.isLeft(0)).toBe(true);
  share.spend(1);
  expect(share.isLeft(0)).toBe(false);
});

test('a fifth of the time that passes is saved', () => {
  const share = new TimeShare(1_000);
  share.spend(26_000);
  expect(share.isLeft(1_000)).toBe(false);
  expect(share.isLeft(6_000)).toBe(false);
  expect(share.isLeft(6_010)).toBe(true);
  share.spend(2);
  expect(share.isLeft(6_010)).toBe(false);
});

test('no more is saved than a call that hangs takes', () => {
  const share = new TimeShare(0);
  expect(share.isLeft(3_600_000)).toBe(true);
  share.spend(25_000);
  expect(share.isLeft(3_600_000)).toBe(false);
});
