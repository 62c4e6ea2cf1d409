import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SETTINGS_PAGE, settingsPage } from '../../scripts/docs/settings.ts';

test('the page of settings is what the settings say (npm run docs makes it anew)', () => {
  const page = readFileSync(SETTINGS_PAGE, 'utf8');
  expect(page).toBe(settingsPage());
  expect(page).toContain('| `secretName` | finerworks/keys |');
});
