// @ts-nocheck
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { errorCode } from '../error-code.ts';
import { UsageError } from '../errors.ts';
import { MalformedFile } from './entry.ts';

/** Larger than the usual 64 KiB: fewer turns of the event loop for a large file. */
const CHUNK_BYTES = 262_144;

/**
 * Reads a file as text, a chunk at a time.
 *
 * @param source a path, or a stream that stands for `-`
 * @param onChunk sees each chunk's bytes, for hashes and bars
 * @throws {UsageError} where it can't be opened
 * @throws {MalformedFile} where it is no UTF-8
 */
export async function* textChunks(
  source: string | Readable,
  onChunk: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<string> {
  const stream =
    typeof source === 'string' ? createReadStream(source, { highWaterMark: CHUNK_BYTES }) : source;
  // A byte order mark at the beginning is the file's, and is dropped; what is no UTF-8 must not
  // become U+FFFD without a word.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      onChunk(bytes);
      yield decode(bytes, decoder, line);
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) line += 1;
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${String(source)}: can't be read (${code})`, { cause: error });
  }
  yield decode(undefined, decoder, line);
}

function decode(
  bytes: Uint8Array | undefined,
  decoder: InstanceType<typeof TextDecoder>,
  line: number,
): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw new MalformedFile(line, 'not UTF-8 from somewhere after this line on; save it as UTF-8');
  }
}
