import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { run } from '../../cli/run.ts';
import { Interruption } from '../../cli/terminal/interruption.ts';
import type { LocalQueues } from '../../local/aws/queues.ts';
import { expectDocumented } from './documented-json.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** How a command line ended. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a command line that works on local queues. */
export function environmentOf({ url, queueUrl, deadLetterQueueUrl }: LocalQueues) {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_ENDPOINT_URL_SQS: url,
    QUEUE_URL: queueUrl,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
  };
}

/** Lets the command lines of this process work on local queues. */
export function pointAt(queues: LocalQueues): void {
  Object.assign(process.env, environmentOf(queues));
}

/** Runs a command line within this process, with nothing of it replaced but its streams. */
export function cli(argv: readonly string[], input = ''): Promise<CliResult> {
  return runWith(argv, Readable.from([input]));
}

/** The same at a terminal, where somebody answers each question with one key. */
export function cliAtTerminal(argv: readonly string[], key: string): Promise<CliResult> {
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  // The question begins to read just then.
  keyboard.once('resume', () => keyboard.write(key));
  return runWith(argv, keyboard);
}

async function runWith(argv: readonly string[], stdin: Readable): Promise<CliResult> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const output = Promise.all([text(stdout), text(stderr)]);
  const code = await run(argv, {
    stdin,
    stdout,
    stderr,
    environment: process.env,
    interruption: new Interruption(),
  });
  stdout.end();
  stderr.end();
  const [out, err] = await output;
  return { code, stdout: out, stderr: err };
}

/** The result of a command line with `--json`: its last line. Every line is held to its schema. */
export async function cliJson(argv: readonly string[], input = '') {
  const { code, stdout } = await cli([...argv, '--json'], input);
  expectDocumented(argv, stdout);
  return { code, json: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') };
}

/** Starts the program as a process of its own. @param folder where it works, instead of here */
export function startCli(
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder?: string,
) {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [MAIN, ...argv], {
    stdio: 'pipe',
    env: { ...environment, PATH, NODE_COMPILE_CACHE },
    ...(folder !== undefined && { cwd: folder }),
  });
  child.stdin.end();
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, 'exit').then(async ([code]): Promise<CliResult> => {
    const [stdout, stderr] = await output;
    return { code, stdout, stderr };
  });
  return { child, ended };
}

/** The examples of a command's help, with files of the folder in the place of theirs. */
export async function examplesOf(
  command: string,
  at: (name: string) => string,
): Promise<string[][]> {
  const { stdout } = await cli([command, '--help']);
  const lines = stdout.matchAll(/^ {2}finerworks-image-updates (.*)$/gm);
  return [...lines].map(([, line = '']) =>
    line
      .replace(/ < .*/, '')
      .split(' ')
      .map((word) => (/\.(?:csv|ndjson)$/.test(word) ? at(word) : word)),
  );
}
