import { expect, test } from '@jest/globals';
import { meaningOf } from '../../../../lambda/contract/faults/remembered-names.ts';

test('a key means the same each time that it comes', () => {
  for (const [key, meaning] of [
    ['title', { field: 'title', by: 'name' }],
    ['Account-Key', { field: 'account_key', by: 'spelling' }],
    ['sku', undefined],
  ] as const) {
    expect([meaningOf(key), meaningOf(key)]).toEqual([meaning, meaning]);
  }
});

test('a key of more than 40 characters is not looked at, however near to a name it is', () => {
  expect(meaningOf('title'.padStart(40, '_'))).toEqual({ field: 'title', by: 'spelling' });
  expect(meaningOf('title'.padStart(41, '_'))).toBeUndefined();
});

test('more keys than are remembered mean what they mean', () => {
  const meanings = Array.from({ length: 1_200 }, (_, n) => meaningOf(`key-${n}`));
  expect(new Set(meanings)).toEqual(new Set([undefined]));
  expect(meaningOf('Remove_Virtual_Inventory')?.field).toBe('removeVirtualInventory');
});
