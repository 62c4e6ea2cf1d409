import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatPath, parseJson } from '../../../lambda/contract/json.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';

/** A way into an event, of keys and of places in lists. */
const ways = fc.array(fc.oneof(fc.constantFrom('a', 'image', 'ü'), fc.nat(3)), { maxLength: 8 });
const harmless = fc
  .jsonValue({ stringUnit: 'binary' })
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

/** Puts a value where a way leads, among others that have nothing wrong. */
function nest(way: readonly (string | number)[], value: unknown, beside: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return value;
  const inner = nest(rest, value, beside);
  if (typeof key === 'string') return { before: beside, [key]: inner, after: beside };
  return [...Array.from({ length: key }, () => beside), inner, beside];
}

test('half of a surrogate pair is found wherever it stands, as a text or in a key', () => {
  const halves = fc.constantFrom('\ud83d', 'a\udc00', '\udc00\ud83d');
  fc.assert(
    fc.property(ways, harmless, halves, fc.boolean(), (way, beside, half, isKey) => {
      const event = nest(['event', ...way], isKey ? { [half]: 1 } : half, beside);
      const where = formatPath(['event', ...way, ...(isKey ? [half] : [])]).toWellFormed();
      // JSON.stringify escapes them; written raw, they must be found just the same.
      for (const text of [JSON.stringify(event), raw(event)]) {
        expect(() => parseJson(text)).toThrow(
          new RejectedEvent('LoneSurrogate', `${where}: half of a surrogate pair`),
        );
      }
    }),
  );
});

function raw(event: unknown): string {
  return JSON.stringify(event).replace(/\\u(d[89a-f]..)/g, (_, unit) =>
    String.fromCharCode(Number.parseInt(unit, 16)),
  );
}

test('the key __proto__ is found wherever it stands, and however it is escaped', () => {
  fc.assert(
    fc.property(
      ways,
      harmless,
      fc.constantFrom('__proto__', '\\u005f_proto__'),
      (way, beside, key) => {
        const text = JSON.stringify(nest(['event', ...way], { KEY: 1 }, beside));
        const where = formatPath(['event', ...way, '__proto__']);
        expect(() => parseJson(text.replace('"KEY":1', `"${key}":1`))).toThrow(
          new RejectedEvent('ForbiddenKey', `${where}: a key that no event may have`),
        );
      },
    ),
  );
});

test('the first fault is named, and where in the event its text stood', () => {
  const text = '{"a":["fine","\\ud83d"],"__proto__":1}';
  expect(() => parseJson(text, 'detail.Message')).toThrow(
    'detail.Message.a[1]: half of a surrogate pair',
  );
});

test('what has no fault is read as JSON reads it', () => {
  fc.assert(
    fc.property(harmless, (value) => {
      expect(parseJson(JSON.stringify({ value }))).toEqual(JSON.parse(JSON.stringify({ value })));
    }),
  );
});

test('100 levels are allowed, and no more', () => {
  const nested = (levels: number, inner = '1') =>
    `${'{"a":'.repeat(levels)}${inner}${'}'.repeat(levels)}`;
  for (const inner of ['1', '"a"', 'null']) {
    expect(() => parseJson(nested(100, inner))).not.toThrow();
  }
  expect(() => parseJson(nested(101))).toThrow('nested deeper than 100 levels');
});

test('a key of 100 characters is told whole', () => {
  expect(formatPath(['k'.repeat(100)])).toBe('k'.repeat(100));
  expect(formatPath(['k'.repeat(101)])).toBe(`${'k'.repeat(100)}…`);
});

test('of a key as long as the message only the beginning is told', () => {
  const text = `{"${'k'.repeat(100_000)}": {"__proto__": 1}}`;
  expect(() => parseJson(text)).toThrow(
    new RejectedEvent(
      'ForbiddenKey',
      `${'k'.repeat(100)}….__proto__: a key that no event may have`,
    ),
  );
});
