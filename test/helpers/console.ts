import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Interruption } from '../../cli/terminal/interruption.ts';
import { buildPage } from '../../console/build-page.ts';
import { type ConsoleOptions, startConsole } from '../../console/server/start.ts';

/** What a test says of a console; everything else is as the command makes it. */
export type ConsoleParts = Partial<Pick<ConsoleOptions, 'targets' | 'isReadOnly' | 'folder'>> & {
  readonly environment: Readonly<Record<string, string>>;
};

/** Built once for all consoles of a file. */
const PAGE = buildPage();

/** Starts a console on a free port, for the system that the environment names. */
export async function startTestConsole({ environment, ...parts }: ConsoleParts) {
  Object.assign(process.env, environment);
  const stderr = new PassThrough({ encoding: 'utf8' });
  const lines: string[] = [];
  stderr.on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)));
  const folder = await mkdtempDisposable(join(tmpdir(), 'finerworks-test-'));
  const running = await startConsole({
    targets: [{}],
    isReadOnly: false,
    port: 0,
    page: PAGE,
    folder: folder.path,
    terminal: {
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr,
      environment,
      interruption: new Interruption(),
    },
    ...parts,
  });
  return {
    ...running,
    /** What it wrote on standard error. */
    lines,
    /** The action log. */
    actions: () => lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)),
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      await folder.remove();
    },
  };
}
