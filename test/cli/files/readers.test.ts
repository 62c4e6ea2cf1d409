import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { type Entry, MAX_EVENT_BYTES, MalformedFile } from '../../../cli/files/entry.ts';
import { type Format, readEntries } from '../../../cli/files/event-file.ts';
import { runs } from '../../helpers/runs.ts';

/** Reads a content that arrives in pieces of so many bytes. */
async function entriesOf(
  format: Format,
  content: string | Uint8Array,
  size = 65_536,
  onNote: (note: string) => void = () => {},
) {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const entries: Entry[] = [];
  for await (const batch of readEntries({ name: '-', format }, Readable.from(pieces), { onNote })) {
    entries.push(...batch);
  }
  return entries;
}

const faultOf = async (format: Format, content: string | Uint8Array, size?: number) => {
  const error = await entriesOf(format, content, size).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MalformedFile);
  return error;
};

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
    await fails('ndjson', latin1).toThrow(/not UTF-8: the byte 0xE9 \("é" in Windows-1252\)/);
  });

  test('names the line of what is no UTF-8, however the file arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('x', 'é', '🦩', '\uFFFD', ''), { maxLength: 12 }),
        fc.constantFrom(0x80, 0xc3, 0xe9, 0xff),
        fc.integer({ min: 1, max: 9 }),
        async (texts, byte, size) => {
          const before = texts.map((text) => `${text}\n`).join('');
          // Two bytes at first, as every file of events has them.
          const content = Buffer.concat([
            Buffer.from(`{}${before}`),
            Buffer.from([byte, 0x20, 0x0a, 0x7b]),
          ]);
          const fault = await faultOf('ndjson', content, size);
          expect(fault).toMatchObject({ line: texts.length + 1 });
          const hexadecimal = byte.toString(16).toUpperCase();
          expect(fault).toMatchObject({
            message: expect.stringContaining(`byte 0x${hexadecimal}`),
          });
        },
      ),
    );
  });

  test.each([
    ['UTF-16 with a mark', Buffer.from('\uFEFF{}', 'utf16le'), /UTF-16/],
    ['UTF-16 the other way round', Buffer.from('\uFEFF{}', 'utf16le').swap16(), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), /UTF-16/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), /unpack it first/],
    ['an old spreadsheet', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), /xls/],
    ['an end within a character', Buffer.from([0x7b, 0xe2, 0x82]), /not UTF-8: the byte 0xE2/],
    ['CSV', Buffer.from('guid,title\n'), /--format csv/],
    ['a comment of a shell', Buffer.from('# events\n{}'), /a comment/],
  ])('refuses %s, and says what to do', async (_name, content, message) => {
    expect(await faultOf('ndjson', content)).toMatchObject({
      line: 1,
      message: expect.stringMatching(message),
    });
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
    ['a comment within the list', '[{},\n// new\n{}]', 2, /a comment/],
    ['CSV', 'guid,title\n', 1, /--format csv/],
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

  test('is read back, each row with its line, whatever separates cells and ends lines', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r', 'é', ' '),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ title: cell, description: cell }), { maxLength: 8 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 40 }),
        async (texts, delimiter, end, size) => {
          const rows = texts.map(({ title, description }, n) => [`g${n}`, title, description]);
          const options = { delimiter, record_delimiter: end, quoted: true, quoted_empty: true };
          const header = ['guid', 'title', 'description'];
          const content = stringify([header, ...rows], options);
          const entries = await entriesOf('csv', content, size);
          const lineOf = (n: number) =>
            stringify([header, ...rows.slice(0, n)], options).split(/\r\n|\r|\n/).length;
          expect(entries).toEqual(
            texts.map((text, n) => ({
              line: lineOf(n),
              text: JSON.stringify({ guid: `g${n}`, ...text }),
            })),
          );
        },
      ),
      runs(100),
    );
  });

  test('takes a time, which is the event’s; an empty one is none', async () => {
    const content = 'guid,title,Time\ng,a,2026-11-23T10:00:00Z\nh,b,\ni,c,""\n';
    const entries = await entriesOf('csv', content);
    expect(entries.map((entry) => 'text' in entry && JSON.parse(entry.text))).toEqual([
      { guid: 'g', title: 'a', time: '2026-11-23T10:00:00Z' },
      { guid: 'h', title: 'b' },
      { guid: 'i', title: 'c' },
    ]);
  });

  test('reads lines that end in different ways', async () => {
    const entries = await entriesOf('csv', 'guid,title\r\ng,a\nh,b\r\ni,c\rj,d');
    expect(entries.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  test('counts the line that names the separator', async () => {
    const entries = await entriesOf('csv', '"sep=;"\r\nguid;title\r\ng;a,b\r\n', 2);
    expect(entries).toEqual([{ line: 3, text: JSON.stringify({ guid: 'g', title: 'a,b' }) }]);
  });

  test('tells what it ignores, and what separates cells', async () => {
    const notes: string[] = [];
    await entriesOf('csv', 'sku;GUID;title;updated_at;\na;g;t;x;\n', 3, (note) => notes.push(note));
    expect(notes).toEqual([
      'cells are separated by semicolons',
      'columns that are ignored: "sku", "updated_at"',
    ]);
  });

  test('leaves out cells without a name, unless one has a value', async () => {
    const content = 'guid,title,,\ng,a,,\nh,b\ni,c,,,,\nj,d,,x\nk,e,,,y\n';
    expect(await entriesOf('csv', content)).toEqual([
      { line: 2, text: JSON.stringify({ guid: 'g', title: 'a' }) },
      { line: 3, text: JSON.stringify({ guid: 'h', title: 'b' }) },
      { line: 4, text: JSON.stringify({ guid: 'i', title: 'c' }) },
      { line: 5, fault: 'a value in column 4, which has no name in the header' },
      { line: 6, fault: '5 cells in a row of 4 columns' },
    ]);
  });

  test.each([
    'guid,titel',
    'guid,titels,description',
    'guid,title,descripton',
    'guid,title,Desc',
    'gid,title',
    'uuid,title',
    'guid,title,account',
    'guid,title,libraryAccountKey',
    'guid,title,times',
  ])('refuses %j: a column that nearly has a known name would be lost', async (header) => {
    expect(await faultOf('csv', `${header}\n`)).toMatchObject({
      line: 1,
      message: expect.stringMatching(/^unknown column ".*"; is \w+ meant\?/),
    });
  });

  test.each([
    ['no guid', 'title\n', 1, /^no column guid; found "title"/],
    ['no text', 'guid,sku\n', 1, /^no column title or description; found/],
    ['a column twice', 'guid,title,Image Title\n', 1, /twice: "title", "Image Title"/],
    ['what no row can say', 'guid,title,force\n', 1, /send --force/],
    ['and that neither', 'guid,title,removeVirtualInventory\n', 1, /an event of NDJSON or JSON/],
    ['nothing', '', 1, /no header/],
    ['JSON', ' [{}]', 1, /--format json/],
    ['a misplaced quotation mark', 'guid,title\ng,"a" b\n', 2, /goes on after the one that closes/],
    [
      'a row without an end',
      `guid,title\ng,a\nh,"${'x\n'.repeat(MAX_EVENT_BYTES)}`,
      3,
      /larger than the 1 MiB.*not closed/,
    ],
  ])('refuses %s', async (_name, content, line, message) => {
    const error = await entriesOf('csv', content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'MalformedFile',
      line,
      message: expect.stringMatching(message),
    });
  });
});
