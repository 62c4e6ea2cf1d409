import { guid } from './records.ts';

/** A file as programs of producers write it, and what is right to say of it. */
export interface RealFile {
  readonly name: string;
  /** What it is. */
  readonly kind: string;
  readonly content: string | Uint8Array;
  /** How many events are read of it. */
  readonly events: number;
  /** What is wrong, where anything is: the line, and what must be said. */
  readonly fault?: { readonly line: number; readonly reason?: string; readonly says: RegExp };
  /** What is said of it besides, in order. */
  readonly remarks?: readonly RegExp[];
  readonly cleared?: { readonly titles: number; readonly descriptions: number };
}

const [ONE, TWO] = [guid(1), guid(2)];
const event = (of = ONE) => JSON.stringify({ guid: of, title: 'Blue Heron' });

/** Rows as Windows programs write them. */
const rows = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');
const separated = (separator: string) =>
  rows(['guid', 'title'].join(separator), [ONE, 'Blue Heron'].join(separator));
const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);

const GOOD: readonly RealFile[] = [
  {
    name: 'semicolon.csv',
    kind: 'a spreadsheet where the comma is the decimal sign',
    content: rows('guid;title;description', `${ONE};Blue, grey Heron;d`),
    events: 1,
    remarks: [/separated by semicolons/],
  },
  {
    name: 'semi-bom.csv',
    kind: 'the same with a byte order mark',
    content: `\uFEFF${separated(';')}`,
    events: 1,
    remarks: [/semicolons/],
  },
  { name: 'tab.csv', kind: 'tabs', content: separated('\t'), events: 1, remarks: [/tabs/] },
  { name: 'pipe.csv', kind: 'pipes', content: separated('|'), events: 1, remarks: [/pipes/] },
  {
    name: 'sep.csv',
    kind: 'a first line for Excel',
    content: `sep=,\r\n${separated(',')}`,
    events: 1,
  },
  {
    name: 'sepsemi.csv',
    kind: 'a first line for Excel, of semicolons',
    content: `sep=;\r\n${separated(';')}`,
    events: 1,
    remarks: [/semicolons/],
  },
  ...[
    'Guid,Title,Description',
    'GUID,TITLE,DESCRIPTION',
    'Image GUID,Image Title,Image Description',
  ].map((header, at) => ({
    name: ['header-case.csv', 'header-upper.csv', 'header-image-guid.csv'][at] ?? '',
    kind: `the header ${header}`,
    content: rows(header, `${ONE},Blue Heron,d`),
    events: 1,
  })),
  {
    name: 'header-space.csv',
    kind: 'spaces in the header',
    content: rows(' guid , title ', `${ONE},Blue Heron`),
    events: 1,
  },
  {
    name: 'trail-col.csv',
    kind: 'empty columns at the end',
    content: rows('guid,title,,,', `${ONE},Blue Heron,,,`),
    events: 1,
  },
  {
    name: 'trail-rows.csv',
    kind: 'empty rows at the end',
    content: rows('guid,title,description', `${ONE},Blue Heron,d`, ',,', ',,'),
    events: 1,
  },
  {
    name: 'blankrow-mid.csv',
    kind: 'an empty row between others',
    content: rows('guid,title', `${ONE},Blue Heron`, ',', `${TWO},Two`),
    events: 2,
  },
  {
    name: 'quoteall.csv',
    kind: 'every cell in quotation marks, so that a missing value clears a text',
    content: rows(
      '"guid","title","description","account_key"',
      `"${ONE}","Blue Heron","",""`,
      `"${TWO}","","",""`,
    ),
    events: 2,
    cleared: { titles: 1, descriptions: 2 },
  },
  {
    name: 'null-word.csv',
    kind: 'words of databases',
    content: rows('guid,title,description', `${ONE},Blue Heron,NULL`, `${TWO},\\N,NaN`),
    events: 2,
    remarks: [/"NULL" \(1\), "\\N" \(1\), "NaN" \(1\)/],
  },
  {
    name: 'null-account.csv',
    kind: 'the word of a database for no account',
    content: rows('guid,title,account_key', `${ONE},Blue Heron,NULL`),
    events: 1,
    remarks: [/"NULL" \(1\)/],
  },
  {
    name: 'nan-word.csv',
    kind: 'words of spreadsheets and pandas',
    content: rows('guid,title,description', `${ONE},Blue Heron,#N/A`, `${TWO},nan,None`),
    events: 2,
    remarks: [/"#N\/A" \(1\), "nan" \(1\), "None" \(1\)/],
  },
  {
    name: 'guids-out.csv',
    kind: 'what the command guids writes, with titles',
    content: rows('sku,image_guid,title', `AP1,${ONE},Heron`),
    events: 1,
    remarks: [/columns that are ignored: "sku"/],
  },
];

const BAD_CSV: readonly RealFile[] = [
  {
    name: 'utf16le.csv',
    kind: 'Unicode Text of Excel',
    content: bytes(`\uFEFF${separated('\t')}`, 'utf16le'),
    events: 0,
    fault: { line: 1, says: /UTF-16.*save it as UTF-8/ },
  },
  {
    name: 'cp1252.csv',
    kind: 'Windows-1252',
    content: bytes(rows('guid,title', `${ONE},Caf\xe9 \x93Heron\x94`), 'latin1'),
    events: 0,
    fault: { line: 2, says: /0xE9 \("é" in Windows-1252\); save it as UTF-8/ },
  },
  {
    name: 'xlsx.csv',
    kind: 'a spreadsheet under another name',
    content: bytes('PK\x03\x04\x14\x00\x06\x00', 'latin1'),
    events: 0,
    fault: { line: 1, says: /spreadsheet \(xlsx\)/ },
  },
  {
    name: 'short-row.csv',
    kind: 'cells left out at the end of a row',
    content: rows('guid,title,description', `${ONE},Blue Heron`),
    events: 1,
    fault: { line: 2, reason: 'MalformedRow', says: /2 cells in a row of 3 columns/ },
  },
  {
    name: 'inch.csv',
    kind: 'an inch mark in a cell',
    content: rows('guid,title', `${ONE},Heron 12" x 16" print`),
    events: 0,
    fault: { line: 2, says: /quotation mark within a cell/ },
  },
  ...(['\n', '\r\n'] as const).map((end) => ({
    name: end === '\n' ? 'lineno-lf.csv' : 'lineno.csv',
    kind: `a fault after a cell of several lines that end with ${JSON.stringify(end)}`,
    content: ['guid,title,description', `${ONE},A,"l1`, 'l2', 'l3"', `${ONE},12" print,x`, ''].join(
      end,
    ),
    events: 0,
    fault: { line: 5, says: /quotation mark within a cell/ },
  })),
  {
    name: 'open-quote.csv',
    kind: 'a quotation mark that nothing closes',
    content: rows('guid,title', `${ONE},"Heron`, `${TWO},Two`),
    events: 0,
    fault: { line: 2, says: /opens a cell here, and none closes it/ },
  },
  {
    name: 'open2.csv',
    kind: 'the same further on',
    content: rows('guid,title', `${ONE},A`, `${ONE},"B`, `${ONE},C`, `${ONE},D`),
    events: 1,
    fault: { line: 3, says: /opens a cell here, and none closes it/ },
  },
  {
    name: 'shopify.csv',
    kind: 'a shop’s export of products',
    content: rows(
      'Handle,Title,Body (HTML),Vendor,Image Src',
      'heron,Blue Heron,<p>x</p>,Acme,https://x/y.jpg',
    ),
    events: 0,
    fault: { line: 1, says: /no column guid; found "Handle", "Title"/ },
  },
];

const carried = (field: string, rest: object = {}) => ({ ...rest, [field]: event() });

const BAD_JSON: readonly RealFile[] = [
  {
    name: 'array.ndjson',
    kind: 'a list',
    content: `[${event()},${event(TWO)}]\n`,
    events: 0,
    fault: { line: 1, says: /a JSON list.*--format json reads it/ },
  },
  {
    name: 'array-lines.ndjson',
    kind: 'a list, an event a line',
    content: `[\n${event()},\n${event(TWO)}\n]\n`,
    events: 0,
    fault: { line: 1, says: /a JSON list.*--format json reads it/ },
  },
  {
    name: 'brackets.ndjson',
    kind: 'each event in a list of its own',
    content: `[${event()}]\n[${event(TWO)}]\n`,
    events: 0,
    fault: { line: 1, says: /a JSON list.*take the brackets away/ },
  },
  {
    name: 'commas.ndjson',
    kind: 'commas between the lines',
    content: `${event()},\n${event(TWO)}\n`,
    events: 0,
    fault: { line: 1, says: /a comma after an event/ },
  },
  {
    name: 'pretty.ndjson',
    kind: 'an event of several lines',
    content: `${JSON.stringify(JSON.parse(event()), undefined, 2)}\n`,
    events: 0,
    fault: { line: 1, says: /several lines; --format json/ },
  },
  {
    name: 'comments.json',
    kind: 'a comment',
    content: `// x\n[${event()}]`,
    events: 0,
    fault: { line: 1, says: /a comment/ },
  },
  ...['data', 'events'].map((key) => ({
    name: key === 'data' ? 'wrap.json' : 'events.json',
    kind: `events under ${key}`,
    content: `{"${key}":[${event()}]}`,
    events: 0,
    fault: { line: 1, says: new RegExp(`a list of events under "${key}".*jq`) },
  })),
  {
    name: 'listresp-nulls.json',
    kind: 'an answer of list_images with an image that has no texts',
    content: `{"status":{"success":true},"images":[${event()},{"guid":"${TWO}","title":null,"description":null}],"count":2}`,
    events: 1,
    fault: { line: 1, reason: 'InvalidEvent', says: /images\[1\]: neither title nor description/ },
  },
  {
    name: 'awscli.json',
    kind: 'what aws sqs receive-message prints',
    content: JSON.stringify({ Messages: [carried('Body', { MessageId: '1' })] }),
    events: 0,
    fault: { line: 1, says: /aws sqs receive-message prints.*jq/ },
  },
  {
    name: 'dlqexport.ndjson',
    kind: 'exported dead letters',
    content: `${JSON.stringify(carried('body', { id: '1', attributes: {}, failure: {} }))}\n`,
    events: 0,
    fault: { line: 1, says: /dead letter.*dlq redrive.*jq/ },
  },
  {
    name: 'dlqexport-list.json',
    kind: 'exported dead letters as a list',
    content: JSON.stringify([carried('body', { messageId: '1', messageAttributes: {} })]),
    events: 0,
    fault: { line: 1, says: /dead letter.*dlq redrive.*jq/ },
  },
  {
    name: 'messages.json',
    kind: 'the messages alone of what receive-message prints',
    content: JSON.stringify([carried('Body', { MessageId: '1' })]),
    events: 0,
    fault: { line: 1, says: /a message of SQS.*jq/ },
  },
  {
    name: 'request.json',
    kind: 'a request of send-message-batch',
    content: JSON.stringify({ QueueUrl: 'q', Entries: [carried('MessageBody', { Id: '1' })] }),
    events: 0,
    fault: { line: 1, says: /a request of send-message-batch.*jq/ },
  },
  {
    name: 'put-events.json',
    kind: 'entries of EventBridge’s put-events',
    content: JSON.stringify([carried('Detail', { Source: 'pim', DetailType: 'changed' })]),
    events: 0,
    fault: { line: 1, says: /an entry of put-events.*jq/ },
  },
  {
    name: 'lambda.json',
    kind: 'a test event of Lambda',
    content: JSON.stringify({ Records: [carried('body', { messageId: '1' })] }),
    events: 0,
    fault: { line: 1, says: /an event that Lambda gives to a function.*jq/ },
  },
  {
    name: 'entries.json',
    kind: 'entries of send-message-batch',
    content: JSON.stringify([carried('MessageBody', { Id: '1' })]),
    events: 0,
    fault: { line: 1, says: /entry of send-message-batch.*jq/ },
  },
];

export const REAL_FILES = [...GOOD, ...BAD_CSV, ...BAD_JSON];
