import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { errorCode } from '../error-code.ts';
import { UsageError } from '../errors.ts';
import { foreignBeginning, foreignByte, MAX_CHARACTER_BYTES } from './encodings.ts';
import { MalformedFile } from './entry.ts';

/** Larger than the usual 64 KiB: fewer turns of the event loop for a large file. */
const CHUNK_BYTES = 262_144;

/**
 * Reads a file as text, a chunk at a time.
 *
 * @param source a path, or a stream that stands for `-`
 * @param onChunk sees each chunk's bytes, for hashes and bars
 * @throws {UsageError} where it can't be opened
 * @throws {MalformedFile} where it is no UTF-8, saying what it is instead
 */
export async function* textChunks(
  source: string | Readable,
  onChunk: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<string> {
  const stream =
    typeof source === 'string' ? createReadStream(source, { highWaterMark: CHUNK_BYTES }) : source;
  // A byte order mark at the beginning belongs to the file and is dropped. What is no UTF-8 must not
  // silently become U+FFFD.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  // The end of what came before: a character may be cut in two.
  let before: Uint8Array | undefined;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      onChunk(bytes);
      const foreign = before === undefined ? foreignBeginning(bytes) : undefined;
      if (foreign !== undefined) throw new MalformedFile(1, foreign);
      before ??= new Uint8Array();
      yield decode(bytes, decoder, line, before);
      line += linesIn(bytes);
      before = Buffer.concat([before, bytes.subarray(-MAX_CHARACTER_BYTES)]).subarray(
        -MAX_CHARACTER_BYTES,
      );
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${String(source)}: can't be read (${code})`, { cause: error });
  }
  yield decode(undefined, decoder, line, before ?? new Uint8Array());
}

function decode(
  bytes: Uint8Array | undefined,
  decoder: InstanceType<typeof TextDecoder>,
  line: number,
  before: Uint8Array,
): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    const { line: further, what } = foreignByte(Buffer.concat([before, bytes ?? new Uint8Array()]));
    throw new MalformedFile(line - linesIn(before) + further, what);
  }
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
