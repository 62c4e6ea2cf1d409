import type { SandboxSettings } from '../lambda/function-process.ts';
import { Sandbox } from '../lambda/sandbox.ts';

/** Invocations of one door at once. On AWS there are more (infra/webhooks). */
const CONCURRENCY = 2;

/** The sandboxes of one door. Each is started with the first request that needs it. */
export class DoorPool {
  readonly #idle: Sandbox[];
  readonly #all: readonly Sandbox[];

  constructor(settings: SandboxSettings) {
    this.#all = Array.from({ length: CONCURRENCY }, () => new Sandbox(settings));
    this.#idle = [...this.#all];
  }

  /** Whether every sandbox is at work: Lambda throttles then. */
  get isFull(): boolean {
    return this.#idle.length === 0;
  }

  /** @throws {InvocationError} and where the pool is full */
  async invoke(event: unknown): Promise<string> {
    // The one that was used last: it is warm.
    const sandbox = this.#idle.pop();
    if (sandbox === undefined) throw new Error('too many invocations at once');
    try {
      return await sandbox.invoke(event);
    } finally {
      this.#idle.push(sandbox);
    }
  }

  async kill(): Promise<void> {
    await Promise.all(this.#all.map((sandbox) => sandbox.kill()));
  }
}
