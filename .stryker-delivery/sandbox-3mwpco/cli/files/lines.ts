// @ts-nocheck
import { type Entry, MAX_EVENT_BYTES, tooLong } from './entry.ts';

/** The lines of an NDJSON file, an event each; empty ones are left out. */
export async function* entriesOfLines(chunks: AsyncIterable<string>): AsyncGenerator<Entry[]> {
  let line = 0;
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield entriesFrom(lines, line);
    line += lines.length;
    if (rest.length > MAX_EVENT_BYTES) throw tooLong(line + 1);
  }
  yield entriesFrom([rest], line);
}

function entriesFrom(lines: readonly string[], before: number): Entry[] {
  return lines.flatMap((text, at) =>
    text.trim() === '' ? [] : [{ line: before + at + 1, text: text.trim() }],
  );
}
