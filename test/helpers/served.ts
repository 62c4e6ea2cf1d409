import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseEnv } from 'node:util';
import * as z from 'zod';
import { until } from './local-run.ts';
import { LOCAL_MAIN } from './start-local.ts';

const Line = z.record(z.string(), z.unknown());
type Line = z.output<typeof Line>;

/** A system that `npm start -- --serve --json` keeps up, until it is disposed of. */
export interface Served extends AsyncDisposable {
  /** What its file of variables holds. */
  readonly environment: Readonly<Record<string, string>>;
  /** Each line that it has written so far. */
  readonly lines: readonly Line[];
  /** Waits for a line with these values. */
  readonly line: (wanted: Line) => Promise<Line>;
  /** Sends Ctrl-C. @returns the exit code */
  readonly end: () => Promise<number | null>;
}

/** Starts one. @param file where it writes its variables */
export async function startServed(
  file: string,
  options: readonly string[],
  input = '',
): Promise<Served> {
  const child = spawn(
    process.execPath,
    [LOCAL_MAIN, '--serve', '--json', '--env', file, ...options],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  child.stdin.end(input);
  const lines: Line[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(Line.parse(JSON.parse(line))));
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
  const end = async () => {
    child.kill('SIGINT');
    await ended;
    return child.exitCode;
  };
  await until(() => existsSync(file) || child.exitCode !== null);
  return {
    environment: z.record(z.string(), z.string()).parse(parseEnv(await readFile(file, 'utf8'))),
    lines,
    line: async (wanted) => {
      const find = () =>
        lines.find((line) => Object.entries(wanted).every(([key, value]) => line[key] === value));
      await until(() => find() !== undefined);
      return find() ?? {};
    },
    end,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null) await end();
    },
  };
}
