import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { refusalBySqs } from './aws/refusal-by-sqs.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Something the user gave is wrong: one clear line, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads events, one a line. Lines are sent as they are, since bad ones are worth trying too;
 * empty lines are left out.
 *
 * @param file a path, or `-` for standard input
 * @throws {UsageError} where it can't be read, holds nothing, or has a line that no queue takes
 */
export async function readEvents(file: string): Promise<string[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const refusal = refusalBySqs(line);
    if (refusal !== undefined) throw new UsageError(`${file}:${at + 1}: ${refusal}`);
  }
  const events = lines.filter((line) => line.trim() !== '');
  if (events.length === 0) throw new UsageError(`${file}: no events in it`);
  return events;
}

/**
 * Reads which images there are: every UUID in the file, whatever is around it.
 *
 * @throws {UsageError} where it can't be read or names none
 */
export async function readGuids(file: string): Promise<string[]> {
  const guids = guidsIn([await readText(file)]);
  if (guids.length === 0) throw new UsageError(`${file}: no guid in it`);
  return guids;
}

/** Every UUID in the texts, in lower case, each once. */
export function guidsIn(texts: readonly string[]): string[] {
  return [
    ...new Set(texts.flatMap((content) => content.match(UUID) ?? []).map((g) => g.toLowerCase())),
  ];
}

/**
 * @param file a path, or `-` for standard input
 * @throws {UsageError} saying why it can't be read
 */
export async function readText(file: string): Promise<string> {
  try {
    return await text(file === '-' ? process.stdin : createReadStream(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${file}: can't be read (${code})`);
  }
}
