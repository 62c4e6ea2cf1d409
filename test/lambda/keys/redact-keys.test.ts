import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import { classify } from '../../../lambda/finerworks/classify.ts';
import { request } from '../../../lambda/finerworks/request.ts';
import { redactKeys } from '../../../lambda/keys/redact-keys.ts';
import { serve } from '../../helpers/http-server.ts';
import { runs } from '../../helpers/runs.ts';

/** What HTML calls the characters that its encoders name. */
const HTML_NAMES: Readonly<Record<string, string>> = {
  ...{ '"': 'quot', '&': 'amp', "'": 'apos', '<': 'lt', '>': 'gt', '+': 'plus', '/': 'sol' },
  ...{ '=': 'equals', '%': 'percnt', '\\': 'bsol', '#': 'num', ';': 'semi', _: 'lowbar' },
};

const hexOf = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');
const upperOrLower = (text: string, isUpper: boolean) => (isUpper ? text.toUpperCase() : text);
const percent = (character: string) => `%${hexOf(character)}`;

/** Every way to write one character. */
const FORMS: readonly ((character: string, isUpper: boolean) => string)[] = [
  (character) => character,
  (character, isUpper) => `\\u${upperOrLower(hexOf(character).padStart(4, '0'), isUpper)}`,
  (character) => JSON.stringify(character).slice(1, -1).replaceAll('/', '\\/'),
  (character, isUpper) => upperOrLower(percent(character), isUpper),
  (character, isUpper) => upperOrLower(`%25${hexOf(character)}`, isUpper),
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#000${character.charCodeAt(0)};`,
  (character, isUpper) => upperOrLower(`&#x${hexOf(character)};`, isUpper),
  (character) => (HTML_NAMES[character] ? `&${HTML_NAMES[character]};` : character),
];

const unescapedJson = (text: string) =>
  text.replaceAll(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, hex, itself) =>
    hex === undefined ? itself : String.fromCharCode(Number.parseInt(hex, 16)),
  );
const unescapedUrl = (text: string) =>
  text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
const byName = new Map(Object.entries(HTML_NAMES).map(([character, name]) => [name, character]));
const unescapedHtml = (text: string) =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,6})|([a-z]+));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return byName.get(name.toLowerCase()) ?? whole;
      return String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );

/** What one may do to a text before one reads it, the last also one after another. */
const DECODINGS = [
  (text: string) => text,
  unescapedJson,
  unescapedUrl,
  (text: string) => unescapedUrl(unescapedUrl(text)),
  unescapedHtml,
  (text: string) => unescapedHtml(unescapedJson(text)),
  (text: string) => unescapedUrl(unescapedHtml(text)),
  (text: string) => unescapedUrl(unescapedJson(text)),
];

/** What may follow a header's rules: visible ASCII, much of it such as escapes are made of. */
const visible = fc.oneof(
  fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  fc.constantFrom('\\', '%', '&', '/', '+', '=', '"', '2', '5', 'u', '0', 'a', 'A', '#', ';'),
);
const key = (minLength: number) =>
  fc.array(visible, { minLength, maxLength: 40 }).map((characters) => characters.join(''));
const dependencies = fc.array(fc.oneof(visible, fc.constantFrom(' ', 'é', '%2', '\\u00', '&#')), {
  maxLength: 8,
});

/** A key with each of its characters written in one of the ways, and something around it. */
const repetition = (minLength: number) =>
  fc
    .record({
      key: key(minLength),
      forms: fc.oneof(
        fc.constantFrom(...FORMS).map((form) => [form]),
        fc.array(fc.constantFrom(...FORMS), { minLength: 3, maxLength: 7 }),
      ),
      isUpper: fc.boolean(),
      before: dependencies,
      after: dependencies,
    })
    .map(({ key, forms, isUpper, before, after }) => {
      const written = Array.from(key, (one, at) => forms[at % forms.length]?.(one, isUpper) ?? one);
      return { key, text: [...before, ...written, ...after].join('') };
    });

const keysOf = (key: string) => ({ web_api_key: key, app_key: 'another-key' });

function expectWithout(key: string, text: string) {
  for (const decode of DECODINGS) {
    expect(decode(text).toLowerCase().includes(key.toLowerCase())).toBe(false);
  }
}

describe('a text without keys', () => {
  test('has none of them after any decoding, in whatever ways their characters are written', () => {
    fc.assert(
      fc.property(repetition(1), ({ key, text }) => {
        expectWithout(key, redactKeys(text, keysOf(key)));
      }),
      runs(500),
    );
  });

  test('is the same text where there is none in it', () => {
    fc.assert(
      fc.property(repetition(1), ({ text }) => {
        expect(redactKeys(text, keysOf('a key that no text holds'))).toBe(text);
      }),
    );
  });

  test.each([
    ['as it is', 'Key+/1', 'key+/1 and KEY+/1', '███ and ███'],
    ['in JSON in HTML', 'a+b', String.raw`a\u0026#43;b`, '███'],
    ['in HTML in URLs', 'a+b', 'a%26%2343%3Bb', '███'],
    ['in JSON in JSON', 'a/"b', String.raw`a\\/\\\"b`, '███'],
    ['of backslashes', String.raw`\\`, String.raw`\\\\\\`, '███'],
    ['in a half escape', '5ab', '%25ab', '%2███'],
  ])('%s', (_way, key, text, expected) => {
    expect(redactKeys(text, keysOf(key))).toBe(expected);
  });

  test.each(['\\', '%', '&', '%25', '&amp;', '\\u005c', '&#0', 'aaaaaa&', 'a%61'])(
    'is to be had of a long text of %s',
    (part) => {
      const text = part.repeat(65_536 / part.length);
      expect(redactKeys(text, keysOf(`${'a'.repeat(39)}b`))).toBe(text);
      expect(redactKeys(text, keysOf(String.raw`\\\%&b`))).toBe(text);
    },
  );
});

describe('an answer that repeats a key', () => {
  /** Everything that comes out of an answer and of its classification. */
  const textsOf = (answer: Answer) => {
    const verdict = classify(answer);
    const { detail } = verdict.kind === 'applied' ? { detail: '' } : verdict;
    return [JSON.stringify(answer), JSON.stringify(verdict), detail];
  };

  /** Ways in which servers put what they repeat into an answer. */
  const WRAPPINGS: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => JSON.stringify({ status: { success: false, message: text } }),
    (text) => JSON.stringify({ Message: text, ModelState: { [text]: [text] } }),
    (text) => JSON.stringify({ message: text }).replaceAll('&', '\\u0026'),
    (text) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
  ];

  test('holds it nowhere, after any decoding', async () => {
    let body = '';
    let retryAfter = '';
    let status = 200;
    await using server = await serve((_request, response) => {
      response.writeHead(status, { 'retry-after': retryAfter }).end(body);
    });
    const settings = { apiUrl: server.url, callTimeoutSeconds: 5 };
    await fc.assert(
      fc.asyncProperty(
        repetition(8),
        fc.constantFrom(...WRAPPINGS),
        fc.constantFrom(200, 400, 429, 500),
        async ({ key, text }, wrap, code) => {
          body = wrap(text);
          retryAfter = key;
          status = code;
          const call = { method: 'PUT', path: '/', body: '{}', cap: 1_048_576 } as const;
          const answer = await request(call, keysOf(key), settings);
          for (const one of textsOf(answer)) expectWithout(key, one);
        },
      ),
      runs(100),
    );
  });
});
