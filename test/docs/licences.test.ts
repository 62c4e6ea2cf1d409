import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { bundledPackages } from '../../scripts/docs/licences/packages.ts';
import { LICENCES, licencesPage } from '../../scripts/docs/licences/page.ts';

/** Licences that ask for no more than their notice; `Unlicense` asks for nothing. */
const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Unlicense',
]);

test('the page of licences lists what is in the bundle (npm run licences makes it anew)', () => {
  expect(readFileSync(LICENCES, 'utf8')).toBe(licencesPage());
});

test('nothing in the bundle has a licence that asks for more than its notice', () => {
  const packages = bundledPackages();
  expect(packages.map(({ name }) => name)).toContain('@aws-sdk/client-sqs');
  expect(packages.filter(({ license }) => !PERMISSIVE.has(license))).toEqual([]);
});
