import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Invocation, Result } from './invocation.ts';

/** What a sandbox runs, and how. */
export interface SandboxSettings {
  /** The bundle's file. */
  readonly bundle: string;
  /** The whole environment: nothing is inherited, as in Lambda. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Takes each line that the function writes. */
  readonly onLine: (line: string) => void;
  /** The file of AWS's runtime interface client, to be run in the place of the imitation. */
  readonly runtimeClient?: string | undefined;
}

/** A process in which the function is loaded. */
export interface FunctionProcess {
  readonly child: ChildProcess;
  /** Resolves once the handler answered; never, where the process ends before. */
  readonly invoke: (invocation: Invocation) => Promise<Result>;
}

/**
 * Starts Node with nothing but the function's environment.
 *
 * @param parameters a module and its arguments
 * @param channel `ipc` for messages between the process and this one
 */
export function spawnNode(
  parameters: readonly string[],
  { environment, onLine }: Pick<SandboxSettings, 'environment' | 'onLine'>,
  channel?: 'ipc',
): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(channel ? [channel] : [])];
  const child = spawn(process.execPath, ['--enable-source-maps', ...parameters], {
    env: { ...environment },
    stdio,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', onLine);
  }
  return child;
}
