import { describe, expect, test } from '@jest/globals';
import { startCli } from '../helpers/cli.ts';
import { completed } from '../helpers/completed.ts';
import { temporaryFolder } from '../helpers/folder.ts';

describe('completion', () => {
  test('knows commands and options', async () => {
    expect(await completed(['pa'])).toEqual(['pause']);
    expect(await completed(['dlq', ''])).toContain('redrive');
    expect(await completed(['dlq', 'list', '--rea'])).toEqual(['--reason']);
  });

  test('knows the files of events in the working folder', async () => {
    await using folder = await temporaryFolder();
    await folder.write('titles.csv', '');
    await folder.write('notes.txt', '');
    expect(await completed(['send', ''], folder.path)).toEqual(['titles.csv']);
  });

  test.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
    const { code, stdout } = await startCli(['complete', shell], {}).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('finerworks-image-updates complete');
  });
});
