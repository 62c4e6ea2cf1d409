import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { UsageError } from '../errors.ts';
import { entriesOfCsv } from './csv-rows.ts';
import type { Entry, OnNote } from './entry.ts';
import { entriesOfJson } from './json-values.ts';
import { entriesOfLines } from './lines.ts';
import { textChunks } from './text-chunks.ts';

export const FORMATS = ['ndjson', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

const READERS = {
  ndjson: entriesOfLines,
  json: entriesOfJson,
  csv: entriesOfCsv,
} as const satisfies Record<
  Format,
  (chunks: AsyncIterable<string>, onNote: OnNote) => AsyncGenerator<Entry[]>
>;

const FORMAT_OF_EXTENSION: Readonly<Record<string, Format>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
  '.csv': 'csv',
};

/** A file of events. */
export interface EventFile {
  /** As the user wrote it. */
  readonly name: string;
  readonly format: Format;
}

/**
 * Takes the format from the option, else from the name; standard input is NDJSON unless told.
 *
 * @throws {UsageError} where neither says it
 */
export function eventFile(name: string, option: Format | undefined): EventFile {
  const format =
    option ?? (name === '-' ? 'ndjson' : FORMAT_OF_EXTENSION[extname(name).toLowerCase()]);
  if (format === undefined) {
    throw new UsageError(`${name}: of what format? --format ${FORMATS.join(' or --format ')}`);
  }
  return { name, format };
}

/** Called while a file is read. */
export interface Listeners {
  /** Each piece of it, for hashes and bars. */
  readonly onChunk?: (bytes: Uint8Array) => void;
  readonly onNote?: OnNote;
}

/**
 * Reads the events of a file in their order, some at a time, in memory that does not grow with it.
 *
 * @param stdin what `-` stands for
 * @throws {UsageError} where it can't be opened
 * @throws {MalformedFile} where reading fails
 */
export function readEntries(
  { name, format }: EventFile,
  stdin: Readable,
  { onChunk, onNote = () => {} }: Listeners = {},
): AsyncGenerator<Entry[]> {
  return READERS[format](textChunks(name === '-' ? stdin : name, onChunk), onNote);
}
