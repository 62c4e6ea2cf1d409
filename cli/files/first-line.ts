import { MAX_EVENT_BYTES } from './entry.ts';

/** A text of which the first line is known before the rest is read. */
export interface Opened {
  /** Without its end. */
  readonly firstLine: string;
  /** What has been read so far, the first line included. */
  readonly text: string;
  /** What comes after that. */
  readonly following: AsyncIterable<string>;
}

/** Reads a text until its first line is whole, or longer than any line needs to be. */
export async function readFirstLine(chunks: AsyncIterable<string>): Promise<Opened> {
  const iterator = chunks[Symbol.asyncIterator]();
  let text = '';
  // One character more than the end of the line: a CR may be half of a CRLF.
  while (!/[\r\n]./s.test(text) && text.length <= MAX_EVENT_BYTES) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    text += value;
  }
  const [firstLine = ''] = text.split(/\r|\n/, 1);
  return { firstLine, text, following: { [Symbol.asyncIterator]: () => iterator } };
}
