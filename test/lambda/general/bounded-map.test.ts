import { expect, test } from '@jest/globals';
import { BoundedMap } from '../../../lambda/general/bounded-map.ts';

test('what was used longest ago gives way, and nothing else', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.get('a');
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
});

test('what is set again or deleted takes no second place', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('b', 3);
  expect([map.get('a'), map.get('b')]).toEqual([1, 3]);
  map.delete('b');
  map.set('c', 4);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 4]);
});

test('what there is of several keys is used by that', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.pick(['a', 'z'])).toEqual(new Map([['a', 1]]));
  map.set('c', 3);
  expect(map.pick(['a', 'b', 'c']).size).toBe(2);
  expect(map.get('b')).toBeUndefined();
});
