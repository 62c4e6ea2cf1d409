import { access, constants, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../cli/error-code.ts';
import { BusyError, UsageError } from '../../../cli/errors.ts';
import { Interruption } from '../../../cli/terminal/interruption.ts';
import type { Terminal } from '../../../cli/terminal/terminal.ts';
import { hashOf } from '../../../lambda/general/hash.ts';
import { type EventText, type FileCommand, runOnFile, type TextReport } from './run-on-text.ts';

/**
 * Sends texts as files whose name is made of their content, so that the journal that `send` keeps beside a file
 * is found again when the same is sent once more. Journals stay; the texts themselves do not.
 */
export class SentFiles {
  readonly #folder: string;
  readonly #stop: AbortSignal;
  readonly #running = new Map<string, Promise<TextReport>>();

  /**
   * @param folder where journals stay
   * @param stop ends what is under way, after the events that are
   */
  constructor(folder: string, stop: AbortSignal) {
    this.#folder = folder;
    this.#stop = stop;
  }

  /** @throws {BusyError} where the same is being sent just now */
  async send(event: EventText, terminal: Terminal, command: FileCommand): Promise<TextReport> {
    const file = join(this.#folder, `${hashOf(event.text)}.${event.format}`);
    if (this.#running.has(file)) throw new BusyError('the same events are being sent just now');
    const run = this.#run(file, event, terminal, command);
    this.#running.set(file, run);
    try {
      return await run;
    } finally {
      this.#running.delete(file);
    }
  }

  /** Waits for what is under way. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }

  async #run(
    file: string,
    event: EventText,
    { environment }: Terminal,
    command: FileCommand,
  ): Promise<TextReport> {
    await makeFolder(this.#folder);
    const interruption = new Interruption();
    const interrupt = () => interruption.request();
    this.#stop.addEventListener('abort', interrupt);
    let isOthers = false;
    try {
      return await runOnFile(file, event, { environment, interruption }, command);
    } catch (error) {
      isOthers = error instanceof BusyError;
      throw error;
    } finally {
      this.#stop.removeEventListener('abort', interrupt);
      // Another console that sends it still reads it.
      if (!isOthers) await rm(file, { force: true });
    }
  }
}

/** @throws {UsageError} where no journal can be kept: without one, the same would be sent twice */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (error) {
    const why = `nothing was sent: ${folder}, where journals of sent files stay, can't be written`;
    throw new UsageError(`${why} (${errorCode(error)})`, { cause: error });
  }
}
