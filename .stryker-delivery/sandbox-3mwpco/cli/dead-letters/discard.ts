// @ts-nocheck
import type { FileHandle } from 'node:fs/promises';
import type { DeadLetter } from './dead-letter.ts';
import { exportLine } from './exported.ts';
import type { DeadLetterReader } from './reader.ts';

/** What became of dead letters that were to be discarded. */
export interface Discarding {
  /** Deleted, and in the file. */
  readonly discarded: number;
  /** In the file, and still in the queue. */
  readonly kept: number;
}

/**
 * Deletes dead letters. Each is on the disk before it is deleted.
 *
 * @param isWanted says of a letter whether it is one to discard
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
