/** The most that SQS takes of a message (AWS: SQS quotas), less what `send` may add to it. */
export const MAX_EVENT_BYTES = 1_048_576 - 256;

/** One event of a file, as text that the contract reads, or why there is none. */
export type Entry =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly fault: string };

/** Hears of what a reader has noticed of a file as a whole, and is no fault. */
export type OnNote = (note: string) => void;

/** From some line on the file can't be read as what it says it is. */
export class MalformedFile extends Error {
  override readonly name = 'MalformedFile';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** An event that goes on and on: no message can be so large, and no memory needs to hold it. */
export function tooLong(line: number): MalformedFile {
  return new MalformedFile(line, 'an event that begins here is larger than the 1 MiB of SQS');
}
