import { jsonOrUndefined } from '../general/json-or-undefined.ts';
import { knownShape } from './faults/shape-of.ts';

const DECODED = 'send the JSON itself';

/** Shorter than any event in base64. */
const BASE64 = /^[\w+/-]{16,}={0,2}$/;

/** The first bytes of what is compressed. It is not decompressed: 1 MiB can hold gigabytes. */
const COMPRESSED: readonly (readonly [name: string, start: string])[] = [
  ['gzip', '1f8b'],
  ['zlib', '7801'],
  ['zlib', '785e'],
  ['zlib', '789c'],
  ['zlib', '78da'],
  ['Zstandard', '28b52ffd'],
];

/** Other texts that are no JSON; the first pattern that fits is named. */
const ENCODINGS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^%(?:7B|5B|22)/i, `URL-encoded JSON: ${DECODED}, not encoded`],
  [
    /^webhook_id=\d+$/,
    'the ping that WooCommerce sends when a webhook is saved: discard it, and let a program of yours take the webhook',
  ],
  [
    /^Action=SendMessage/,
    'a request of SendMessage as API Gateway builds it: MessageBody must be URL-encoded there, $util.urlEncode($input.body)',
  ],
  [/^[\w.[\]%-]{1,100}=/, `fields of a form, URL-encoded: ${DECODED}`],
  [/^\[object /, 'a JavaScript object made a text: write it with JSON.stringify'],
  [
    /^\{\s*\\+"/,
    `JSON with a backslash before each quotation mark, from a shell or from inside another text: ${DECODED}`,
  ],
  [/^\{\s*'/, 'a dictionary as Python prints it: write it with json.dumps'],
  [/^\{\s*(?::\w+\s*=>|"\w+"\s*=>)/, 'a hash as Ruby prints it: write it with to_json'],
  [/^\{\s*\w+=/, 'a map as Java prints it: write it with a JSON library'],
  [/^[aO]:\d+:/, 'serialised by PHP: write it with json_encode'],
  [/^</, `XML or HTML: ${DECODED}`],
  [/^\{[^\n]*\}\s*\n\s*\{/, 'several events, one a line: send each in a message of its own'],
  [/^---/, `YAML: ${DECODED}`],
];

/** How a text that is no JSON was encoded, and what to send instead; undefined where that is unknown. */
export function encodingOf(text: string): string | undefined {
  const start = text.trimStart();
  return (
    base64Of(text.replace(/\s/g, '')) ??
    ENCODINGS.flatMap(([pattern, what]) => (pattern.test(start) ? [`it is ${what}`] : []))[0]
  );
}

function base64Of(text: string): string | undefined {
  if (!BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const begin = bytes.toString('hex', 0, 4);
  const compression = COMPRESSED.find(([, start]) => begin.startsWith(start));
  if (compression !== undefined) {
    return `it is ${compression[0]} in base64: ${DECODED}, neither compressed nor encoded`;
  }
  const value = jsonOrUndefined(bytes.toString());
  if (typeof value !== 'object' || value === null) return undefined;
  const shape = knownShape(value);
  return `it is JSON in base64: ${DECODED}, not encoded${shape === undefined ? '' : `; inside, ${shape}`}`;
}
