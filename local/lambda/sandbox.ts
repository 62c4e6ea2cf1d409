import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { startAwsRuntime } from './aws-runtime.ts';
import type { FunctionProcess, SandboxSettings } from './function-process.ts';
import { startImitatedRuntime } from './imitated-runtime.ts';

/** The invocation failed: thrown, timed out, or the process died. Every record comes back. */
class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

/**
 * One sandbox: a process that runs the bundle, one invocation at a time. It stays warm between
 * invocations; after a timeout or a crash the next invocation starts a new process.
 */
export class Sandbox {
  readonly #settings: SandboxSettings;
  #process: FunctionProcess | undefined;

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
    const { child, invoke } = this.#process ?? (await this.#start());
    const { timeoutSeconds } = this.#settings;
    const ended = new AbortController();
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutSeconds * 1_000);
    try {
      const exited = once(child, 'exit', { signal: ended.signal }).then(() => {
        throw new InvocationError(`the function's process ended, or took over ${timeoutSeconds} s`);
      });
      const deadline = Date.now() + timeoutSeconds * 1_000;
      const invoked = invoke({ requestId: randomUUID(), event, deadline });
      const result = await Promise.race([invoked, exited]);
      if ('error' in result) throw new InvocationError(result.error);
      return result.answer;
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  }

  /** Stops the process between invocations, as Lambda does: no timer runs, and nothing is read. */
  freeze(): void {
    this.#process?.child.kill('SIGSTOP');
  }

  /** Lets it go on. */
  thaw(): void {
    this.#process?.child.kill('SIGCONT');
  }

  /** Ends the process, as a deployment or a crash of the machine would: at once. */
  async kill(): Promise<void> {
    const child = this.#process?.child;
    if (child === undefined) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async #start(): Promise<FunctionProcess> {
    const { runtimeClient } = this.#settings;
    const started = await (runtimeClient === undefined
      ? startImitatedRuntime(this.#settings)
      : startAwsRuntime(runtimeClient, this.#settings));
    if (started === undefined) throw new InvocationError('the function could not be loaded');
    this.#process = started;
    started.child.once('exit', () => {
      this.#process = undefined;
    });
    return started;
  }
}
