import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../infra/settings.ts';
import { SettingsError } from '../../infra/settings-error.ts';
import { readSettingsFile } from '../../infra/settings-file.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/** The settings of a file with this content, and of a command line. */
async function settingsOf(content: string, context: Record<string, unknown> = {}) {
  await using folder = await temporaryFolder();
  const file = readSettingsFile(await folder.write('live.json', content));
  return readSettings(context, { ...file, name: 'live.json' });
}

async function faultsOf(content: string, context: Record<string, unknown> = {}): Promise<string> {
  const fault: unknown = await settingsOf(content, context).catch((error: unknown) => error);
  if (fault instanceof SettingsError) return fault.message;
  throw new Error('no fault', { cause: fault });
}

describe('a file of settings', () => {
  test('is taken, with values as JSON has them', async () => {
    const content = {
      $schema: 'docs/settings.schema.json',
      maxConcurrency: 4,
      ledger: false,
      terminationProtection: true,
      pageEmail: 'page@example.com',
      senderAccounts: ['111122223333'],
      eventBusName: 'default',
      eventPattern: { source: ['com.example.pim'], 'detail-type': ['changed'] },
    };
    expect(await settingsOf(JSON.stringify(content))).toMatchObject({
      maxConcurrency: 4,
      ledger: 'off',
      terminationProtection: 'on',
      pageEmail: 'page@example.com',
      senderAccounts: ['111122223333'],
      eventPattern: { source: ['com.example.pim'], detailType: ['changed'] },
    });
  });

  test('keeps what a command line does not mention, and gives way to what it does', async () => {
    const settings = await settingsOf('{"maxConcurrency": 4, "retryHours": 24}', {
      maxConcurrency: '6',
    });
    expect(settings).toMatchObject({ maxConcurrency: 6, retryHours: 24, batchSize: 500 });
  });

  test('is named where one of its settings is wrong, and the command line where one of its own is', async () => {
    const faults = await faultsOf('{"maxConcurrency": 1, "colour": "red", "batchSize": 1}', {
      batchSize: '0',
    });
    expect(faults.split('\n').toSorted()).toEqual([
      expect.stringMatching(/^-c batchSize: must be a whole number/),
      expect.stringMatching(/^live\.json: colour: is no setting; there are /),
      expect.stringMatching(/^live\.json: maxConcurrency: /),
    ]);
  });

  test.each([
    ['an empty text', '""'],
    ['true', 'true'],
    ['null', 'null'],
    ['a list', '[7]'],
  ])('does not take %s for a number', async (_what, value) => {
    const line = 'live.json: batchSize: is empty, or neither text nor number';
    expect(await faultsOf(`{"batchSize": ${value}}`)).toBe(line);
  });

  test('that is no JSON is refused, with the place', async () => {
    expect(await faultsOf('{"maxConcurrency": 4,,}')).toMatch(/live\.json: .*\(line 1 column 22\)/);
  });

  test('that holds no object is refused', async () => {
    expect(await faultsOf('["maxConcurrency"]')).toMatch(/live\.json: is no object of settings$/);
  });

  test('need not be there, but must where it is named', () => {
    expect(readSettingsFile(undefined).settings).toEqual({});
    expect(() => readSettingsFile('nowhere.json')).toThrow(
      '-c settingsFile: there is no nowhere.json',
    );
    expect(() => readSettingsFile('')).toThrow('-c settingsFile: is no name of a file');
  });
});
