// @ts-nocheck
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { README, readmeWithSettings } from '../../docs/settings.ts';

test('the README’s table of settings is what the settings say (npm run docs makes it anew)', () => {
  expect(readFileSync(README, 'utf8')).toBe(readmeWithSettings());
});
