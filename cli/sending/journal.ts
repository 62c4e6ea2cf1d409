import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';
import { UsageError } from '../errors.ts';

/** What a run is about. A journal belongs to one content, one queue and one way of sending. */
const Task = z.object({
  /** Of the file's content. */
  sha256: z.string(),
  events: z.int().min(1),
  queueUrl: z.string(),
  force: z.boolean(),
});
export type Task = z.output<typeof Task>;

export const Header = Task.extend({
  journal: z.literal(1),
  /** Part of the id of each event that has none. */
  run: z.uuid(),
  /** Of the first run, in milliseconds since 1970: the time of each event that has none. */
  startedAt: z.int(),
});
export type Header = z.output<typeof Header>;

/** What a run gives to the events that say no id or time. */
export type Beginning = Pick<Header, 'run' | 'startedAt'>;

/**
 * Where the journal of a file is. Each queue has its own, so that what a trial sent to one does not count for
 * another; queues of two accounts can have the same name.
 */
export function journalOf(file: string, queueUrl: string): string {
  const hash = createHash('sha256').update(queueUrl).digest('hex').slice(0, 8);
  return `${file}.${queueUrl.split('/').at(-1)}-${hash}.journal`;
}

/** Positions of events that the queue confirmed, counted from 0: first and last of each range. */
export const Confirmed = z.object({ sent: z.array(z.tuple([z.int().min(0), z.int().min(0)])) });

/**
 * What has been sent of a file, in lines of JSON, on the disk before more is sent. The next run continues
 * from it, in whatever way the last one ended.
 */
export class Journal {
  readonly header: Header;
  readonly #handle: FileHandle;
  readonly #isSent: Uint8Array;
  #sent = 0;

  private constructor(header: Header, handle: FileHandle) {
    this.header = header;
    this.#handle = handle;
    this.#isSent = new Uint8Array(header.events);
  }

  /**
   * Opens the journal of a task, or begins one.
   *
   * @param begin the run and its start, should there be no journal yet
   * @throws {UsageError} where it is the journal of something else
   */
  static async open(path: string, task: Task, begin: Beginning): Promise<Journal> {
    const { O_RDWR, O_CREAT, O_APPEND } = constants;
    const handle = await open(path, O_RDWR | O_CREAT | O_APPEND, 0o644);
    try {
      return await Journal.#read(path, handle, task, begin);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  static async #read(
    path: string,
    handle: FileHandle,
    task: Task,
    begin: Beginning,
  ): Promise<Journal> {
    const text = await readFile(path, 'utf8');
    // A kill in the middle of a line leaves half of one, which confirmed nothing.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await handle.truncate(Buffer.byteLength(whole));
    const [first, ...lines] = whole.split('\n').filter((line) => line !== '');
    if (first === undefined) {
      const journal = new Journal({ journal: 1, ...task, ...begin }, handle);
      await journal.#write(journal.header);
      await syncFolder(path);
      return journal;
    }
    const header = Header.safeParse(jsonOrUndefined(first)).data;
    if (header === undefined) throw new UsageError(`${path}: is no journal of this command`);
    requireSame(path, header, task);
    const journal = new Journal(header, handle);
    for (const [at, line] of lines.entries()) {
      const { data } = Confirmed.safeParse(jsonOrUndefined(line));
      // A range beyond the file's events would also take for ever to be marked.
      if (data === undefined || data.sent.some(([from, to]) => from > to || to >= task.events)) {
        throw new UsageError(`${path}:${at + 2}: is no line of a journal of ${task.events} events`);
      }
      for (const [from, to] of data.sent) journal.#mark(from, to);
    }
    return journal;
  }

  /** How many events the queue has confirmed. */
  get sent(): number {
    return this.#sent;
  }

  isSent(position: number): boolean {
    return this.#isSent[position] === 1;
  }

  /** Notes events as sent. When it resolves they are on the disk. */
  async note(positions: readonly number[]): Promise<void> {
    if (positions.length === 0) return;
    const ranges = rangesOf(positions);
    await this.#write({ sent: ranges });
    for (const [from, to] of ranges) this.#mark(from, to);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #write(line: object): Promise<void> {
    await this.#handle.appendFile(`${JSON.stringify(line)}\n`);
    await this.#handle.datasync();
  }

  #mark(from: number, to: number): void {
    for (let position = from; position <= to; position += 1) {
      if (this.#isSent[position] === 0) this.#sent += 1;
      this.#isSent[position] = 1;
    }
  }
}

function requireSame(path: string, header: Header, task: Task): void {
  const differing = [
    header.sha256 !== task.sha256 && 'the file has changed since',
    header.queueUrl !== task.queueUrl && `it was begun for ${header.queueUrl}`,
    header.events !== task.events && `it was begun for ${header.events} events`,
    header.force !== task.force && `it was begun ${header.force ? 'with' : 'without'} --force`,
  ].filter((difference) => difference !== false);
  if (differing.length === 0) return;
  throw new UsageError(
    `${path} is the journal of another run: ${differing.join('; ')}. Send as it was begun to go on, or begin again with --restart`,
  );
}

function rangesOf(positions: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const position of positions.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last?.[1] === position - 1) last[1] = position;
    else ranges.push([position, position]);
  }
  return ranges;
}

/** So that the file's name, too, is on the disk. Windows can't open folders, and needs it less. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path));
  await folder.sync();
  await folder.close();
}
