import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { temporaryBundle } from '../../local/lambda/temporary-bundle.ts';

test('a bundle is gone when it is disposed of', () => {
  const bundle = temporaryBundle();
  expect(existsSync(bundle.entryFile)).toBe(true);
  bundle[Symbol.dispose]();
  expect(existsSync(bundle.entryFile)).toBe(false);
});
