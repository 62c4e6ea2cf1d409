const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Finds the line of a byte while a text is read. A line ends with LF, CRLF or CR. Nothing is kept of lines
 * before the last question.
 */
export class LineStarts {
  #line: number;
  /** Where lines begin that were not asked for yet, in bytes of the text. */
  #starts: number[] = [];
  #passed = 0;
  #bytes = 0;
  #isAfterReturn = false;

  /** @param first the number of the text's first line */
  constructor(first: number) {
    this.#line = first;
  }

  /** Takes the next piece of the text. */
  feed(bytes: Uint8Array): void {
    this.#starts.splice(0, this.#passed);
    this.#passed = 0;
    for (const [at, byte] of bytes.entries()) {
      // Only the next byte shows whether a carriage return ends a line alone.
      if (this.#isAfterReturn && byte !== LINE_FEED) this.#starts.push(this.#bytes + at);
      if (byte === LINE_FEED) this.#starts.push(this.#bytes + at + 1);
      this.#isAfterReturn = byte === CARRIAGE_RETURN;
    }
    this.#bytes += bytes.byteLength;
  }

  /** @param byte its place in the text, not before that of the last question */
  lineOf(byte: number): number {
    while ((this.#starts[this.#passed] ?? Infinity) <= byte) {
      this.#passed += 1;
      this.#line += 1;
    }
    return this.#line;
  }
}
