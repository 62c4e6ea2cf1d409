import type { FileHandle } from 'node:fs/promises';
import type { DeadLetter } from './dead-letter.ts';
import { exportLine } from './exported.ts';
import type { DeadLetterReader } from './reader.ts';

/** The result of discarding. */
export interface Discarding {
  /** Deleted, and in the file. */
  readonly discarded: number;
  /** In the file, and still in the queue. */
  readonly kept: number;
}

/**
 * Deletes dead letters. Each is on the disk before it is deleted.
 *
 * @param isWanted whether to discard a letter
 */
export async function discard(
  reader: DeadLetterReader,
  isWanted: (letter: DeadLetter) => boolean,
  file: FileHandle,
): Promise<Discarding> {
  let discarded = 0;
  let kept = 0;
  for await (const letters of reader.letters()) {
    const wanted = letters.filter(isWanted);
    await file.appendFile(wanted.map(exportLine).join(''));
    await file.sync();
    const failures = await reader.delete(wanted);
    kept += failures.size;
    discarded += wanted.length - failures.size;
  }
  return { discarded, kept };
}
