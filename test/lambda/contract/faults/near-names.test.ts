import { describe, expect, test } from '@jest/globals';
import { nearestName } from '../../../../lambda/contract/faults/near-names.ts';

const fieldsMeant = (keys: readonly string[]) => keys.map((key) => nearestName(key)?.field);

test.each(['guid', 'images', 'title', 'account_key', 'removeVirtualInventory'])(
  'the name of a field is that field: %s',
  (key) => expect(nearestName(key)).toEqual({ field: key, by: 'name' }),
);

test.each([
  ['accountKey', 'account_key'],
  ['ACCOUNT-KEY', 'account_key'],
  ['_title', 'title'],
  ['Description ', 'description'],
  ['\uFEFFguid', 'guid'],
  ['remove_virtual_inventory', 'removeVirtualInventory'],
])('case, underscores, hyphens and invisible characters make no other name: %j', (key, field) => {
  expect(nearestName(key)).toEqual({ field, by: 'spelling' });
});

test.each([
  ['image_guid', 'guid'],
  ['Titel', 'title'],
  ['libraryAccountKey', 'account_key'],
  ['last-modified', 'time'],
  ['remove_virtual_inventory_products', 'removeVirtualInventory'],
])('another usual name of a field means it: %s', (key, field) => {
  expect(nearestName(key)).toEqual({ field, by: 'synonym' });
});

describe('in a long name', () => {
  test.each([
    ['a letter too few', 'descripton', 'description'],
    ['the last letter too few', 'account_ke', 'account_key'],
    ['a letter too many', 'descriptiion', 'description'],
    ['a letter too many at the end', 'descriptions', 'description'],
    ['a wrong letter', 'descripzion', 'description'],
    ['a wrong first letter', 'eescription', 'description'],
    ['letters that changed places', 'descritpion', 'description'],
    ['the first letters that changed places', 'caccountKey', 'account_key'],
    ['the last letters that changed places', 'accountkye', 'account_key'],
    ['a slip in another spelling', 'Remove-Virtual-Inventry', 'removeVirtualInventory'],
  ])('one slip is found: %s', (_what, key, field) => {
    expect(nearestName(key)).toEqual({ field, by: 'synonym' });
  });

  test.each([
    ['two letters too few', 'descriptn'],
    ['two letters too many', 'descriptionen'],
    ['two wrong letters', 'deskripzion'],
    ['a letter too few and one too many', 'escriptiona'],
    ['swapped letters, the first of them wrong', 'descrizpion'],
    ['swapped letters, the second of them wrong', 'descritzion'],
    ['swapped letters and a letter too few', 'descritpio'],
    ['swapped letters and another end', 'descritpxyz'],
    ['a number after it, which makes it another field', 'description2'],
  ])('more is a name of its own: %s', (_what, key) => {
    expect(nearestName(key)).toBeUndefined();
  });
});

test('in a short name one slip may be another word', () => {
  const keys = ['tile', 'title2', 'titles', 'guide', 'guids', 'image', 'times', 'tine', 'forced'];
  expect(fieldsMeant(keys)).toEqual(keys.map(() => undefined));
});

test('a producer’s own names mean no field', () => {
  const keys = ['', '-', 'name', 'caption', 'id', 'source', 'account', 'created_at', 'constructor'];
  expect(fieldsMeant(keys)).toEqual(keys.map(() => undefined));
});
