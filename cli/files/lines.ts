import { type Entry, MAX_EVENT_BYTES, MalformedFile, tooLong } from './entry.ts';
import { notLines } from './other-formats.ts';

/**
 * The lines of an NDJSON file, an event each; empty ones are left out.
 *
 * @throws {MalformedFile} where the first line shows that it is something else
 */
export async function* entriesOfLines(chunks: AsyncIterable<string>): AsyncGenerator<Entry[]> {
  let line = 0;
  let rest = '';
  let isKnown = false;
  const entriesFrom = (lines: readonly string[]): Entry[] => {
    const texts = lines.map((text, at) => ({ line: line + at + 1, text: text.trim() }));
    const entries = texts.filter(({ text }) => text !== '');
    const [first] = entries;
    if (first !== undefined && !isKnown) refuseOthers(first.text, first.line);
    isKnown ||= first !== undefined;
    return entries;
  };
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield entriesFrom(lines);
    line += lines.length;
    if (rest.length <= MAX_EVENT_BYTES) continue;
    if (!isKnown) refuseOthers(rest.trimStart(), line + 1);
    throw tooLong(line + 1);
  }
  yield entriesFrom([rest]);
}

function refuseOthers(text: string, line: number): void {
  const what = notLines(text);
  if (what !== undefined) throw new MalformedFile(line, what);
}
