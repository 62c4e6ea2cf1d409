import { expect, test } from '@jest/globals';
import { explain } from '../../../../lambda/contract/faults/explain.ts';
import { explainingReader } from '../../../../lambda/contract/faults/explaining-reader.ts';
import { RejectedEvent } from '../../../../lambda/contract/rejected-event.ts';
import { guid } from '../../../helpers/records.ts';

/** All that is said of a body, as it is or as JSON. */
function detailOf(body: unknown): string | undefined {
  try {
    explainingReader({})(typeof body === 'string' ? body : JSON.stringify(body));
  } catch (error) {
    if (error instanceof RejectedEvent) return error.message;
    throw error;
  }
  return undefined;
}

const image = { guid: guid(1), title: 'A' };
const cloudEvent = { specversion: '1.0', id: '1', source: '/dam', type: 't' };
const NO_EVENT = 'the body: neither images nor guid';
const tenKeys = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`key-${n}`, n]));
const keysShown = Object.keys(tenKeys).map((key) => `"${key}"`);

test.each<[string, unknown, string]>([
  ['the keys are', { sku: 'AP1', 'a b': 1 }, `${NO_EVENT}; its keys are "sku", "a b"`],
  ['ten keys are', tenKeys, `${NO_EVENT}; its keys are ${keysShown.join(', ')}`],
  [
    'of eleven keys the last is only counted',
    { ...tenKeys, last: 1 },
    `${NO_EVENT}; its keys are ${keysShown.join(', ')} and 1 more`,
  ],
  [
    'the system is',
    { sku: 'AP1', body_html: '' },
    `${NO_EVENT}; its keys are "sku", "body_html"; it is a product of Shopify: it has no guid of FinerWorks; let a program of yours send the event of its image`,
  ],
  [
    'no keys are told where there are images',
    { images: [{ guid: 'none', title: 'A' }], sku: 'AP1' },
    'images[0].guid: "none" is not a UUID',
  ],
  [
    'images that are null are none',
    { images: null, sku: 'AP1' },
    `${NO_EVENT}; its keys are "images", "sku"`,
  ],
  ['nothing more is known of a number', 7, 'the body: a number, not a JSON object'],
  ['nothing more is known of null', 'null', 'the body: null, not a JSON object'],
  ['a text is a text', '"hello"', 'the body: a string, not a JSON object'],
  ['a text that holds null is no event', '"null"', 'the body: a string, not a JSON object'],
  [
    'a text that holds a list was encoded twice',
    JSON.stringify('[]'),
    'the body: a string, not a JSON object; the text holds JSON: it was encoded twice; send the JSON itself',
  ],
  ['an envelope that lacks nothing but its content is told no more', cloudEvent, 'data: missing'],
  [
    'the fields of the event stand beside those of the envelope',
    { ...cloudEvent, images: [image] },
    'data: missing; the fields of the event stand beside those of the envelope: put them into data',
  ],
  [
    'a guid beside data is an attribute',
    { ...cloudEvent, id: '', guid: guid(1), data: image },
    'id: empty',
  ],
  [
    'a guid in another envelope is no fault of CloudEvents',
    { 'detail-type': 't', id: '1', source: 's', time: '2026-11-23T10:00:00Z', guid: guid(1) },
    'detail: missing',
  ],
])('%s: %j', (_rule, body, detail) => {
  expect(detailOf(body)).toBe(detail);
});

test('a rejection that found nothing keeps its own words', () => {
  expect(explain(new RejectedEvent('NestedTooDeep', 'too deep'))).toBe('too deep');
});

test('a rejection has its name in a log', () => {
  expect(String(new RejectedEvent('NotJson', 'the body: no'))).toBe('RejectedEvent: the body: no');
});
