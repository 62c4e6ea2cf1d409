import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { Interruption } from './interruption.ts';
import { printable, printableJson } from './printable.ts';

/** What a command uses of the process, so that tests can replace it. */
export interface Terminal {
  readonly stdin: Readable;
  /** Results only. */
  readonly stdout: Writable;
  /** Progress, questions and errors. */
  readonly stderr: Writable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interruption: Interruption;
}

/** Whether people read a stream, rather than a program or a file. */
export function isTerminal(stream: Readable | Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

const FORMATS = ['bold', 'dim', 'green', 'red', 'yellow'] as const;
type Format = (typeof FORMATS)[number];

/** Stands before and after what is painted. Each process draws its own, so that no stranger writes it. */
const MARK = randomUUID();

/** Has a text coloured where the stream is a terminal, once {@link write} writes it. */
export function paint(stream: Writable, format: Format, text: string): string {
  return isTerminal(stream) ? `${MARK}${format} ${text}${MARK}` : text;
}

/**
 * Writes a text for people, the only way in which any is written: what strangers wrote (events, answers,
 * names of files) is shown and never obeyed by a terminal. Colours are those of {@link paint} alone, where
 * the stream wants them (NO_COLOR is honoured).
 */
export function write(stream: Writable, text: string): void {
  const parts = text.split(MARK);
  stream.write(
    parts.map((part, at) => (at % 2 === 0 ? printable(part) : painted(stream, part))).join(''),
  );
}

/** Writes a value for programs, as a line of JSON, of which a terminal obeys nothing either. */
export function writeJson(stream: Writable, value: object): void {
  stream.write(`${printableJson(value)}\n`);
}

function painted(stream: Writable, part: string): string {
  const format = FORMATS.find((one) => part.startsWith(`${one} `));
  if (format === undefined) return printable(part);
  return styleText(format, printable(part.slice(format.length + 1)), { stream });
}
