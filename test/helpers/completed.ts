import { startCli } from './cli.ts';

/** What a shell is told when somebody presses the key after these words. */
export async function completed(words: readonly string[], folder?: string): Promise<string[]> {
  const { stdout } = await startCli(['complete', '--', ...words], {}, folder).ended;
  // The last line is for the shell.
  const lines = stdout.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => line.split('\t')[0] ?? '');
}
