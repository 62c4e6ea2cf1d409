import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { Interruption } from './interruption.ts';

/** Everything of the process that a command touches, so that tests can stand in for it. */
export interface Terminal {
  readonly stdin: Readable;
  /** Results only. */
  readonly stdout: Writable;
  /** Progress, questions and errors. */
  readonly stderr: Writable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interruption: Interruption;
}

/** Whether somebody looks at a stream, rather than a program or a file. */
export function isTerminal(stream: Readable | Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

type Format = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Colours a text where the stream is a terminal that wants colours (NO_COLOR is honoured). */
export function paint(stream: Writable, format: Format, text: string): string {
  return isTerminal(stream) ? styleText(format, text, { stream }) : text;
}
