import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Result } from './invocation.ts';

const RUNTIME = fileURLToPath(new URL('sandbox-runtime.ts', import.meta.url));

/** The invocation failed: thrown, timed out, or the process died. Every record comes back. */
class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

/** What a sandbox runs, and how. */
export interface SandboxSettings {
  /** The bundle's file. */
  readonly bundle: string;
  /** The whole environment: nothing is inherited, as in Lambda. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Takes each line that the function writes. */
  readonly onLine: (line: string) => void;
}

/**
 * One sandbox: a process that runs the bundle, one invocation at a time. It stays warm between
 * invocations; after a timeout or a crash the next invocation starts a new process.
 */
export class Sandbox {
  readonly #settings: SandboxSettings;
  #process: ChildProcess | undefined;

  constructor(settings: SandboxSettings) {
    this.#settings = settings;
  }

  /**
   * Runs the handler once.
   *
   * @returns the answer as JSON text
   * @throws {InvocationError}
   */
  async invoke(event: unknown): Promise<string> {
    const child = this.#process ?? (await this.#start());
    const { timeoutSeconds } = this.#settings;
    const requestId = randomUUID();
    const ended = new AbortController();
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutSeconds * 1_000);
    try {
      const answered = once(child, 'message', { signal: ended.signal });
      const exited = once(child, 'exit', { signal: ended.signal }).then(() => {
        throw new InvocationError(`the function's process ended, or took over ${timeoutSeconds} s`);
      });
      child.send({ requestId, event, deadline: Date.now() + timeoutSeconds * 1_000 });
      const [message] = await Promise.race([answered, exited]);
      const result = Result.parse(message);
      if ('error' in result) throw new InvocationError(result.error);
      return result.answer;
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  }

  /** Ends the process, as a deployment or a crash of the machine would: at once. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async #start(): Promise<ChildProcess> {
    const { bundle, environment, onLine } = this.#settings;
    const child = spawn(process.execPath, ['--enable-source-maps', RUNTIME, bundle], {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    child.once('exit', () => {
      this.#process = undefined;
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', onLine);
    }
    const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (first !== 'ready') throw new InvocationError('the function could not be loaded');
    return child;
  }
}
