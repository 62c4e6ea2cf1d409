// @ts-nocheck
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Entry, MAX_EVENT_BYTES, MalformedFile } from '../../../cli/files/entry.ts';
import { type Format, readEntries } from '../../../cli/files/event-file.ts';

/** Reads a content that arrives in pieces of so many bytes. */
async function entriesOf(format: Format, content: string | Uint8Array, size = 65_536) {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const entries: Entry[] = [];
  for await (const batch of readEntries({ name: '-', format }, Readable.from(pieces))) {
    entries.push(...batch);
  }
  return entries;
}

const fails = (format: Format, content: string | Uint8Array) =>
  expect(entriesOf(format, content)).rejects;

describe('NDJSON', () => {
  test('is an event a line, with its number, whatever ends the line; empty ones are left out', async () => {
    expect(await entriesOf('ndjson', '{"a":1}\r\n\n  {"b":2}  \n{"c":3}', 3)).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 3, text: '{"b":2}' },
      { line: 4, text: '{"c":3}' },
    ]);
  });

  test('a byte order mark is the file’s, and not part of its first event', async () => {
    expect(await entriesOf('ndjson', '\uFEFF{}')).toEqual([{ line: 1, text: '{}' }]);
  });

  test('a line that never ends is refused before it fills the memory', async () => {
    await fails('ndjson', `{}\n${'x'.repeat(MAX_EVENT_BYTES + 65_537)}`).toMatchObject({ line: 2 });
  });

  test('what is no UTF-8 is refused, and does not become another text', async () => {
    const latin1 = Buffer.from('{"title":"caf\xe9"}\n', 'latin1');
    await fails('ndjson', latin1).toThrow(/not UTF-8/);
  });
});

describe('JSON', () => {
  test('is a list of events, each with the line it begins at', async () => {
    const content = '[\n  {"a": [1, "]}"]},\n\n  {"b": "\\"\\\\"\n  },\n  7, "x" , null\n]\n';
    expect(await entriesOf('json', content, 1)).toEqual([
      { line: 2, text: '{"a": [1, "]}"]}' },
      { line: 4, text: '{"b": "\\"\\\\"\n  }' },
      { line: 6, text: '7' },
      { line: 6, text: '"x"' },
      { line: 6, text: 'null' },
    ]);
  });

  test('is one event, or an empty list', async () => {
    expect(await entriesOf('json', ' {"a": {}}\n')).toEqual([{ line: 1, text: '{"a": {}}' }]);
    expect(await entriesOf('json', '[]')).toEqual([]);
  });

  test('reads what JSON.stringify writes, however it is laid out and cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.object({ withNullPrototype: false })),
        fc.constantFrom(0, 1, 2),
        fc.integer({ min: 1, max: 20 }),
        async (values, indent, size) => {
          const text = JSON.stringify(values, undefined, indent).toWellFormed();
          const entries = await entriesOf('json', text, size);
          const read = entries.map((entry) => ('text' in entry ? JSON.parse(entry.text) : entry));
          expect(read).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 100 },
    );
  });

  test.each([
    ['nothing', ' \n', 1, /no event/],
    ['a list that does not end', '[{}\n', 2, /ends before/],
    ['an event that does not end', '[\n{"a": 1', 2, /ends before/],
    ['a missing comma', '[{}\n{}]', 2, /a comma or \]/],
    ['a comma too many', '[{},\n]', 2, /an event should be/],
    ['one event a line', '{}\n{}', 2, /--format ndjson/],
  ])('refuses %s at its line', async (_name, content, line, message) => {
    const error = await entriesOf('json', content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MalformedFile);
    expect(error).toMatchObject({ line, message: expect.stringMatching(message) });
  });
});

describe('CSV', () => {
  test('is an event a row: an empty cell says nothing, a quoted empty one is an empty text', async () => {
    const content =
      '\uFEFFguid,title,description,account_key\r\ng,"a, ""b""\r\nc",,\r\nh,,"",key\r\n\r\n,x,,\r\n';
    expect(await entriesOf('csv', content, 5)).toEqual([
      { line: 2, text: JSON.stringify({ guid: 'g', title: 'a, "b"\r\nc' }) },
      { line: 4, text: JSON.stringify({ guid: 'h', description: '', account_key: 'key' }) },
      { line: 6, text: JSON.stringify({ guid: '', title: 'x' }) },
    ]);
  });

  test('takes the columns in any order, and fewer of them', async () => {
    expect(await entriesOf('csv', 'title,guid\nt,g\n')).toEqual([
      { line: 2, text: JSON.stringify({ title: 't', guid: 'g' }) },
    ]);
  });

  test('a row of another length is a fault of its own, and the next is read', async () => {
    expect(await entriesOf('csv', 'guid,title\ng\nh,t\n')).toEqual([
      { line: 2, fault: '1 cells in a row of 2 columns' },
      { line: 3, text: JSON.stringify({ guid: 'h', title: 't' }) },
    ]);
  });

  test.each([
    ['an unknown column', 'guid,titel\n', 1, /unknown column "titel"/],
    ['another separator', 'guid;title\n', 1, /unknown column "guid;title"/],
    ['no guid', 'title\n', 1, /no column guid/],
    ['a column twice', 'guid,title,title\n', 1, /twice/],
    ['nothing', '', 1, /no header/],
    ['a quotation mark amiss', 'guid,title\ng,"a" b\n', 2, /Quote/i],
  ])('refuses %s', async (_name, content, line, message) => {
    const error = await entriesOf('csv', content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'MalformedFile',
      line,
      message: expect.stringMatching(message),
    });
  });
});
