import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CONSTRUCT_SETTINGS, constructSettings } from '../../scripts/docs/construct-settings.ts';

test('the construct’s properties are what the settings say (npm run docs makes them anew)', () => {
  expect(readFileSync(CONSTRUCT_SETTINGS, 'utf8')).toBe(constructSettings());
});
