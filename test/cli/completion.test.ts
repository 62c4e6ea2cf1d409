import { describe, expect, test } from '@jest/globals';
import { startCli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/** What a shell is told when somebody presses the key after these words. */
async function completed(words: readonly string[], folder?: string): Promise<string[]> {
  const { stdout } = await startCli(['complete', '--', ...words], {}, folder).ended;
  // The last line is for the shell.
  const lines = stdout.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => line.split('\t')[0] ?? '');
}

describe('completion', () => {
  test('knows commands, options and their values', async () => {
    expect(await completed(['pa'])).toEqual(['pause']);
    expect(await completed(['dlq', ''])).toContain('redrive');
    expect(await completed(['dlq', 'list', '--rea'])).toEqual(['--reason']);
    expect(await completed(['send', '--group-by', ''])).toEqual(['account', 'image', 'none']);
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
