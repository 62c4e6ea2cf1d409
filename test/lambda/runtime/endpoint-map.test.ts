import { expect, test } from '@jest/globals';
import EndpointMap from '../../../lambda/runtime/endpoint-map.ts';

test('it keeps what is set, as the cache that it stands for', () => {
  const endpoints = new EndpointMap<string, string>(1);
  endpoints.set('a', 'first');
  endpoints.set('a', 'second');
  expect([endpoints.has('a'), endpoints.get('a'), endpoints.peek('a')]).toEqual([
    true,
    'second',
    'second',
  ]);
  expect([endpoints.has('b'), endpoints.peek('b')]).toEqual([false, undefined]);
  endpoints.clear();
  expect(endpoints.has('a')).toBe(false);
});
