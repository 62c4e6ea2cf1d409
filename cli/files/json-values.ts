import { isHeader } from './csv-separator.ts';
import { type Entry, MAX_EVENT_BYTES, MalformedFile, tooLong } from './entry.ts';
import { readFirstLine } from './first-line.ts';
import { COMMENT } from './other-formats.ts';

type Place = 'start' | 'first' | 'next' | 'value' | 'after' | 'end';

/**
 * The objects of a JSON file that holds one list of events, or one event.
 *
 * Libraries that parse JSON as a stream give values, without their text and line. The contract reads
 * texts, since a value does not show all faults of its text. So this only splits the list, by brackets
 * and quotation marks, and the contract parses what is between them.
 */
export async function* entriesOfJson(chunks: AsyncIterable<string>): AsyncGenerator<Entry[]> {
  const { firstLine, text, following } = await readFirstLine(chunks);
  if (isHeader(firstLine)) {
    throw new MalformedFile(1, 'the header of CSV, not JSON; --format csv reads it');
  }
  const cutter = new Cutter();
  yield cutter.cut(text);
  for await (const chunk of following) yield cutter.cut(chunk);
  cutter.end();
}

class Cutter {
  #place: Place = 'start';
  #isList = false;
  #line = 1;
  /** The value that is being read: its line, its text so far, and the place in it. */
  #startLine = 1;
  #text = '';
  #depth = 0;
  #isQuoted = false;
  #isEscaped = false;

  cut(chunk: string): Entry[] {
    const entries: Entry[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk[at] ?? '';
      if (this.#place === 'value' && !this.#endsBefore(character)) {
        if (this.#read(character)) {
          entries.push(this.#take(chunk.slice(start, at + 1)));
        }
      } else {
        if (this.#place === 'value') entries.push(this.#take(chunk.slice(start, at)));
        if (this.#between(character)) start = at;
      }
      if (character === '\n') this.#line += 1;
    }
    if (this.#place === 'value') {
      this.#text += chunk.slice(start);
      if (this.#text.length > MAX_EVENT_BYTES) throw tooLong(this.#startLine);
    }
    return entries;
  }

  end(): void {
    if (this.#place === 'end') return;
    if (this.#place === 'start') throw new MalformedFile(1, 'no event in it');
    const line = this.#place === 'value' ? this.#startLine : this.#line;
    throw new MalformedFile(line, 'the file ends before the list or event that begins here does');
  }

  /** A number or a word has no closing character; the contract will refuse it. */
  #endsBefore(character: string): boolean {
    return this.#depth === 0 && !this.#isQuoted && /[\s,\]}]/.test(character);
  }

  /** @returns whether the value ends with this character */
  #read(character: string): boolean {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isQuoted) {
      if (character === '\\') this.#isEscaped = true;
      if (character === '"') this.#isQuoted = false;
    } else if (character === '"') this.#isQuoted = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      this.#depth -= 1;
      return this.#depth === 0;
    }
    return false;
  }

  #take(text: string): Entry {
    const entry = { line: this.#startLine, text: this.#text + text };
    this.#text = '';
    this.#place = this.#isList ? 'after' : 'end';
    return entry;
  }

  /** Reads a character between values. @returns whether a value begins with it */
  #between(character: string): boolean {
    if (/\s/.test(character)) return false;
    if (/[/#]/.test(character)) throw new MalformedFile(this.#line, COMMENT);
    if (this.#place === 'start' && character === '[') {
      this.#isList = true;
      this.#place = 'first';
    } else if (this.#place === 'after' && character === ',') {
      this.#place = 'next';
    } else if ((this.#place === 'after' || this.#place === 'first') && character === ']') {
      this.#place = 'end';
    } else if (this.#place === 'after' || this.#place === 'end' || /[,\]}]/.test(character)) {
      throw new MalformedFile(this.#line, this.#misplaced(character));
    } else {
      this.#startLine = this.#line;
      this.#place = 'value';
      this.#read(character);
      return true;
    }
    return false;
  }

  #misplaced(character: string): string {
    return this.#place === 'end'
      ? 'more than one list or event; is it one event a line? then --format ndjson'
      : `${JSON.stringify(character)} where ${this.#place === 'after' ? 'a comma or ]' : 'an event'} should be`;
  }
}
