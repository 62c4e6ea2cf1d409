import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Answer, type Question } from './messages.ts';

const MAIN = join(import.meta.dirname, 'sandbox', 'main.ts');
/** What tests and mutants leave behind adds up: after so many tries a new process begins. */
const TRIES = 600;
const START_LIMIT = 120_000;

/** What a process has answered; or that it gave none in time, or died. */
export type Reply = Answer | { readonly kind: 'gone' };

/**
 * A process that runs tests with one mutant at a time. After one that it may not have survived
 * unharmed, another takes its place.
 */
export class SandboxProcess {
  readonly #start: Question;
  #child: ChildProcess | undefined;
  #tries = 0;

  /** @param code of the sources with all mutants in it, by path */
  constructor(root: string, code: Readonly<Record<string, string>>) {
    this.#start = { kind: 'start', root, code };
  }

  /** @param limit milliseconds after which the process is given up */
  async ask(question: Question, limit: number): Promise<Reply> {
    if (this.#tries >= TRIES) this.end();
    const child = this.#child ?? (await this.#begin());
    this.#tries += 1;
    const reply = await replyOf(child, question, limit);
    if (reply.kind === 'gone' || reply.kind === 'late' || reply.kind === 'unsure') this.end();
    return reply;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#tries = 0;
  }

  async #begin(): Promise<ChildProcess> {
    // `source` lets our packages be read without a build, as TypeScript does (tsconfig.json).
    const execArgv = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
    const child = fork(MAIN, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    const { kind } = await replyOf(child, this.#start, START_LIMIT);
    if (kind !== 'ready') throw new Error('A sandbox does not start.');
    return child;
  }
}

function replyOf(child: ChildProcess, question: Question, limit: number): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const onMessage = (message: unknown) => resolve(Answer.parse(message));
  const onGone = () => resolve({ kind: 'gone' });
  const timer = setTimeout(onGone, limit);
  child.once('message', onMessage).once('exit', onGone);
  child.send(question);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onMessage).off('exit', onGone);
  });
}
