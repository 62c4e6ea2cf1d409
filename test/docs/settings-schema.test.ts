import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { readSettings } from '../../infra/settings.ts';
import { SETTINGS_SCHEMA, settingsSchema } from '../../scripts/docs/settings-schema.ts';
import { readJson } from '../helpers/json-file.ts';

const isValid = new Ajv({ strict: false }).compile(readJson(SETTINGS_SCHEMA));

describe('the schema of the file of settings', () => {
  test('is what the settings say (npm run docs makes it anew)', () => {
    expect(readFileSync(SETTINGS_SCHEMA, 'utf8')).toBe(settingsSchema());
  });

  test('is the one that the file of this repository names', () => {
    const file = new URL('../../image-updates.json', import.meta.url);
    const { $schema } = readJson(file);
    expect(new URL(String($schema), file).href).toBe(SETTINGS_SCHEMA.href);
    expect(isValid(readJson(file))).toBe(true);
  });

  test.each([
    [{ maxConcurrency: 4, ledger: false, verify: 'all' }],
    [{ ledger: 'off', senderAccounts: ['111122223333'], tags: 'team=print' }],
    [{ eventBusName: 'default', eventPattern: { source: ['com.example.pim'] } }],
  ])('takes what the app takes: %j', (settings) => {
    expect(isValid(settings)).toBe(true);
    expect(() => readSettings({}, { name: 'file', settings })).not.toThrow();
  });

  test.each([
    [{ maxConcurrency: 1 }],
    [{ maxConcurency: 4 }],
    [{ verify: 'some' }],
    [{ ledger: 'maybe' }],
    [{ eventBusName: 'default', eventPattern: { source: 'com.example.pim' } }],
  ])('marks what the app refuses: %j', (settings) => {
    expect(isValid(settings)).toBe(false);
    expect(() => readSettings({}, { name: 'file', settings })).toThrow(/^file: /);
  });
});
