import { expect, test } from '@jest/globals';
import { SeenImages } from '../../../lambda/inventory/seen-images.ts';
import { update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const MINUTE = 60_000;
const IMAGE = { title: 'there', description: 'about it', skus: [] };

test('a list counts for a minute, for an image that it does not show as well', () => {
  const time = virtualTime();
  const seen = new SeenImages(time);
  seen.see(null, guid(1), IMAGE, time.now());
  seen.see(null, guid(2), undefined, time.now());
  const both = [update(1), update(2)];
  time.advance(MINUTE);
  expect(seen.areFresh(both)).toBe(true);
  time.advance(1);
  expect(seen.areFresh(both)).toBe(false);
  seen.see(null, guid(2), undefined, time.now());
  expect(seen.areFresh(both)).toBe(false);
  expect(seen.areFresh([update(2)])).toBe(true);
});

test('a list counts no longer once it is forgotten, or too many came after it', () => {
  const time = virtualTime();
  const seen = new SeenImages(time);
  seen.see(null, guid(1), IMAGE, time.now());
  seen.see(null, guid(2), undefined, time.now());
  seen.forget(update(2));
  expect(seen.areFresh([update(2)])).toBe(false);
  for (let n = 0; n < 1_000; n += 1) seen.see('other', guid(n), undefined, time.now());
  expect(seen.areFresh([update(1)])).toBe(false);
});

test('a list of one account says nothing of another account’s images', () => {
  const time = virtualTime();
  const seen = new SeenImages(time);
  seen.see(null, guid(1), IMAGE, time.now());
  expect(seen.of(update(1))).toBe(IMAGE);
  const ofOther = update(1, { account: 'other' });
  expect(seen.of(ofOther)).toBeUndefined();
  expect(seen.areFresh([ofOther])).toBe(false);
});
