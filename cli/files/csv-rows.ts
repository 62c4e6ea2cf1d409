import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod';
import { type Header, readHeader } from './csv-columns.ts';
import { toEntry } from './csv-entry.ts';
import { layoutOf } from './csv-separator.ts';
import { type Entry, MAX_EVENT_BYTES, MalformedFile, type OnNote } from './entry.ts';
import { readFirstLine } from './first-line.ts';
import { LineStarts } from './line-starts.ts';

/** An empty cell is null, unless it is quoted: `""` is an empty text, which is a value. */
const Cell = z.string().nullable();

const Row = z.object({ record: z.array(Cell), info: z.object({ bytes: z.int() }) });

/** What csv-parse says of an error; `bytes` is the end of the last cell that it has read. */
const Failure = z.object({ code: z.string(), bytes: z.int() });

/** Rows handed on at once. */
const BATCH = 1_000;

/**
 * The rows of a CSV file, an event each. Rows without a value are left out.
 *
 * @param onNote called where the separator is not a comma, and where columns are ignored
 * @throws {MalformedFile} at the row or cell where reading fails
 */
export async function* entriesOfCsv(
  chunks: AsyncIterable<string>,
  onNote: OnNote,
): AsyncGenerator<Entry[]> {
  const { firstLine, text, following } = await readFirstLine(chunks);
  if (/^\s*[{[]/.test(firstLine)) {
    throw new MalformedFile(1, 'JSON; --format ndjson reads an event a line, --format json a list');
  }
  const { separator, name, isDeclared } = layoutOf(firstLine);
  if (name !== undefined) onNote(`cells are separated by ${name}`);
  const lines = new LineStarts(isDeclared ? 2 : 1);
  const rows = isDeclared ? text.slice(firstLine.length).replace(/^\r?\n|^\r/, '') : text;
  const parser = parse({
    delimiter: separator,
    // Not taken from the first line: files that were put together have several.
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    max_record_size: MAX_EVENT_BYTES,
    cast: (text, { quoting }) => (text === '' && !quoting ? null : text),
  });
  // Its errors end the parser too, and come out of the loop below.
  pipeline(Readable.from(bytesOf(rows, following, lines)), parser, () => {});
  let header: Header | undefined;
  let batch: Entry[] = [];
  // csv-parse counts a CRLF within quotation marks as two lines (7.0.3), but bytes as they are.
  let start = 0;
  try {
    for await (const parsed of parser) {
      const { record, info } = Row.parse(parsed);
      const line = lines.lineOf(start);
      start = info.bytes;
      if (record.every((cell) => (cell ?? '').trim() === '')) continue;
      if (header === undefined) {
        header = readHeader(
          record.map((cell) => cell?.trim() ?? ''),
          line,
        );
        if (header.ignored !== undefined) onNote(header.ignored);
        continue;
      }
      batch.push(toEntry(header, record, line));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield batch;
    const { code, bytes } = Failure.parse(error);
    throw new MalformedFile(lines.lineOf(bytes), WORDS[code] ?? error.message);
  }
  if (header === undefined) throw new MalformedFile(1, 'no header in it');
  yield batch;
}

/** Errors of csv-parse in words for people who make files; each is reported at the cell where it begins. */
const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark opens a cell here, and none closes it',
  CSV_INVALID_CLOSING_QUOTE:
    'a quotation mark opens a cell here, and the text goes on after the one that closes it; within a cell " is written ""',
  INVALID_OPENING_QUOTE:
    'a quotation mark within a cell that does not begin with one; put the cell in quotation marks and write "" for "',
  CSV_MAX_RECORD_SIZE:
    'a row that begins here is larger than the 1 MiB of SQS; is a quotation mark not closed?',
};

/** What csv-parse reads, counted before it does. */
async function* bytesOf(
  beginning: string,
  following: AsyncIterable<string>,
  lines: LineStarts,
): AsyncGenerator<Uint8Array> {
  const take = (text: string) => {
    const bytes = Buffer.from(text);
    lines.feed(bytes);
    return bytes;
  };
  yield take(beginning);
  for await (const text of following) yield take(text);
}
