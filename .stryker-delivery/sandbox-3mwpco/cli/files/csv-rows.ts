// @ts-nocheck
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod';
import { type Entry, MAX_EVENT_BYTES, MalformedFile } from './entry.ts';

const COLUMNS = ['guid', 'title', 'description', 'account_key'];

/** An empty cell is null, unless it is quoted: `""` is an empty text, which is a value. */
const Cell = z.string().nullable();
const Row = z.object({ record: z.array(Cell), info: z.object({ lines: z.int() }) });

/** Rows handed on at once. */
const BATCH = 1_000;

/** The rows of a CSV file with the header `guid,title,description,account_key`, an event each. */
export async function* entriesOfCsv(chunks: AsyncIterable<string>): AsyncGenerator<Entry[]> {
  const parser = parse({
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_EVENT_BYTES,
    cast: (text, { quoting }) => (text === '' && !quoting ? null : text),
  });
  // Its errors end the parser too, and come out of the loop below.
  pipeline(Readable.from(chunks), parser, () => {});
  let header: string[] | undefined;
  let batch: Entry[] = [];
  // csv-parse counts a CRLF within quotation marks as two lines (7.0.3).
  let surplus = 0;
  try {
    for await (const parsed of parser) {
      const { record, info } = Row.parse(parsed);
      surplus += occurrences(record, '\r\n');
      // The count is that of the row's last line; its cells may hold line breaks.
      const line = info.lines - surplus - occurrences(record, '\n');
      if (header === undefined) {
        header = headerOf(record, line);
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
    throw new MalformedFile(Number(error.lines ?? 1), error.message);
  }
  if (header === undefined) throw new MalformedFile(1, 'no header in it');
  yield batch;
}

function headerOf(record: readonly (string | null)[], line: number): string[] {
  const names = record.map((name) => name?.trim() ?? '');
  const unknown = names.filter((name) => !COLUMNS.includes(name));
  if (unknown.length > 0) {
    throw new MalformedFile(
      line,
      `unknown column ${unknown.map((name) => JSON.stringify(name)).join(', ')}; there are ${COLUMNS.join(',')}`,
    );
  }
  if (new Set(names).size < names.length) throw new MalformedFile(line, 'a column stands twice');
  if (!names.includes('guid')) throw new MalformedFile(line, 'no column guid');
  return names;
}

function occurrences(record: readonly (string | null)[], text: string): number {
  return record.reduce((sum, cell) => sum + (cell?.split(text).length ?? 1) - 1, 0);
}

function toEntry(header: string[], record: readonly (string | null)[], line: number): Entry {
  if (record.length !== header.length) {
    return { line, fault: `${record.length} cells in a row of ${header.length} columns` };
  }
  const cells = header.flatMap((name, at) => {
    const cell = record[at] ?? null;
    return cell === null && name !== 'guid' ? [] : [[name, cell ?? ''] as const];
  });
  return { line, text: JSON.stringify(Object.fromEntries(cells)) };
}
