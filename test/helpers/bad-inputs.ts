import type { Rejection } from '../../lambda/verdicts/reasons.ts';
import { guid } from './records.ts';

/** A body that no producer should send, and what it is rejected for. */
export interface BadInput {
  readonly name: string;
  readonly body: string;
  readonly reason: Rejection;
  /** A part of the detail that tells a producer where to look. */
  readonly detail: string;
}

const good = { guid: guid(1), title: 'Fine' };
const json = (value: unknown) => JSON.stringify(value);
const bad = (name: string, reason: Rejection, body: string, detail: string): BadInput => ({
  name,
  body,
  reason,
  detail,
});
const event = (name: string, value: unknown, detail: string) =>
  bad(name, 'InvalidEvent', json(value), detail);
const envelope = (name: string, value: unknown, detail: string) =>
  bad(name, 'InvalidEnvelope', json(value), detail);
const cloudEvent = { specversion: '1.0', id: '1', source: '/pim', type: 't' };
const notification = {
  Type: 'Notification',
  MessageId: 'm',
  TopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
  Timestamp: '2026-11-23T10:00:00.000Z',
};
const bridge = { 'detail-type': 't', id: '1', source: 's', time: '2026-11-23T10:00:00Z' };

export const BAD_INPUTS: readonly BadInput[] = [
  bad('plain text', 'NotJson', 'hello', 'the body: Unexpected token'),
  bad('blank text', 'NotJson', ' ', 'the body: Unexpected end'),
  bad('JSON that is cut off', 'NotJson', '{"guid": "', 'the body: Unterminated string'),
  bad('JSON with a comment', 'NotJson', '{} // new', 'the body: Unexpected'),
  bad('two objects', 'NotJson', '{}\n{}', 'the body: Unexpected'),
  bad('single quotes', 'NotJson', "{'guid': 1}", 'the body: Expected property name'),
  bad('open brackets without end', 'NotJson', '['.repeat(1_000_000), 'the body: '),
  bad('a byte order mark', 'ByteOrderMark', `\uFEFF${json(good)}`, 'the body: begins with'),
  bad('a list', 'NotAnObject', json([good]), 'the body: an array'),
  bad('null', 'NotAnObject', 'null', 'the body: null'),
  bad('a number', 'NotAnObject', '42', 'the body: a number'),
  bad('a text', 'NotAnObject', '"guid"', 'the body: a string'),
  bad('a truth', 'NotAnObject', 'true', 'the body: a boolean'),
  bad(
    'deep lists',
    'NestedTooDeep',
    `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
    '100 levels',
  ),
  bad(
    'deep objects',
    'NestedTooDeep',
    `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`,
    '100 levels',
  ),
  bad(
    'half an emoji in a title',
    'LoneSurrogate',
    `{"guid":"${guid(1)}","title":"\\ud83d"}`,
    'title',
  ),
  bad(
    'half an emoji in a field nobody reads',
    'LoneSurrogate',
    `{"guid":"${guid(1)}","title":"a","x":{"y":["\\udc00"]}}`,
    'x.y[0]',
  ),
  bad(
    'half an emoji in a key',
    'LoneSurrogate',
    `{"guid":"${guid(1)}","\\ud83d":"a"}`,
    'half of a surrogate',
  ),
  bad(
    '__proto__ at the top',
    'ForbiddenKey',
    `{"guid":"${guid(1)}","title":"a","__proto__":{}}`,
    '__proto__',
  ),
  bad(
    '__proto__ in an image',
    'ForbiddenKey',
    `{"images":[{"guid":"${guid(1)}","title":"a","__proto__":1}]}`,
    'images[0].__proto__',
  ),
  bad(
    '__proto__ in escapes',
    'ForbiddenKey',
    `{"guid":"${guid(1)}","title":"a","\\u005f_proto__":1}`,
    '__proto__',
  ),
  bad(
    '__proto__ inside SNS',
    'ForbiddenKey',
    json({ ...notification, Message: '{"__proto__":1}' }),
    'Message.__proto__',
  ),
  event('a title in another case', { guid: guid(1), Title: 'a' }, 'Title: written title'),
  event('an account in another case', { ...good, AccountKey: 'a' }, 'written account_key'),
  event(
    'an account in an image',
    { images: [{ ...good, account_key: 'a' }] },
    'images[0].account_key: stands beside images',
  ),
  event(
    'another name of the time',
    { ...good, updatedAt: '2020-01-01' },
    'updatedAt: written time',
  ),
  event('an image beside the list', { ...good, images: [good] }, 'guid: an image beside images'),
  event('an empty object', {}, 'neither images nor guid'),
  event('a title without a guid', { title: 'a' }, 'neither images nor guid'),
  event('no image in the list', { images: [] }, 'images: no image in the list'),
  event('images that are no list', { images: { ...good } }, 'images: not a list'),
  event('an image that is null', { images: [good, null] }, 'images[1]: not a JSON object'),
  event('an image that is a text', { images: [guid(1)] }, 'images[0]: not a JSON object'),
  event('a guid that is none', { guid: 'abc', title: 'a' }, 'guid: "abc" is not a UUID'),
  event(
    'a guid with hyphens at other places',
    { guid: `1-${guid(1).replace('-', '').slice(1)}`, title: 'a' },
    'is not a UUID: write 8-4-4-4-12 digits',
  ),
  event('a guid with one brace', { guid: `{${guid(1)}`, title: 'a' }, 'in both braces or in none'),
  event('a guid with spaces', { guid: ` ${guid(1)} `, title: 'a' }, 'has a space before or after'),
  event('a guid of one digit less', { guid: guid(1).slice(1), title: 'a' }, 'has 31 hexadecimal'),
  event('a guid with a line break', { guid: `${guid(1)}\n`, title: 'a' }, 'holds a line break'),
  event(
    'a guid that nobody set',
    { guid: '00000000-0000-0000-0000-000000000000', title: 'a' },
    'is all zeros: none was set',
  ),
  event('a guid that is a number', { guid: 7, title: 'a' }, 'guid: 7 is not a text'),
  event('a guid that is null', { guid: null, title: 'a' }, 'guid: null is not a text'),
  event(
    'one bad guid among good ones',
    { images: [good, good, good, { guid: 'x', title: 'a' }] },
    'images[3].guid: "x" is not a UUID',
  ),
  event('no text at all', { guid: guid(1) }, 'neither title nor description is supplied'),
  event(
    'only nulls',
    { guid: guid(1), title: null, description: null },
    'neither title nor description',
  ),
  event('a title that is a number', { guid: guid(1), title: 5 }, 'title: 5 is not a text'),
  event(
    'a description that is a list',
    { guid: guid(1), description: ['a'] },
    'description: a list is not a text',
  ),
  event('an account that is a number', { ...good, account_key: 5 }, 'account_key: not a text'),
  event(
    'a time that is none',
    { ...good, time: 'yesterday' },
    'time: "yesterday" is not an RFC 3339',
  ),
  event(
    'a time without an offset',
    { ...good, time: '2026-11-23T10:00:00' },
    'has neither Z nor an offset',
  ),
  event(
    'a time that never was',
    { ...good, time: '2026-02-30T10:00:00Z' },
    'is no moment of the years 0000 to 9999',
  ),
  event(
    'a time that is a number',
    { ...good, time: 1_795_000_000 },
    'time: 1795000000 counts seconds',
  ),
  bad(
    'two titles for one image',
    'ConflictingImages',
    json({ images: [good, { ...good, title: 'b' }] }),
    'images[1].title: differs from images[0]',
  ),
  bad(
    'two titles, another case',
    'ConflictingImages',
    json({
      images: [
        { guid: 'ABCDEF00-0000-4000-8000-000000000000', title: 'a' },
        { guid: '{abcdef00-0000-4000-8000-000000000000}', title: 'b' },
      ],
    }),
    'images[1].title: differs',
  ),
  envelope(
    'CloudEvents 0.3',
    { ...cloudEvent, specversion: '0.3', data: good },
    'specversion: only version 1.0',
  ),
  envelope('CloudEvents without data', cloudEvent, 'data: missing'),
  envelope('CloudEvents with binary data', { ...cloudEvent, data_base64: 'e30=' }, 'data: missing'),
  envelope(
    'CloudEvents with a number as data',
    { ...cloudEvent, data: 7 },
    'data: neither a JSON object nor a text',
  ),
  bad(
    'CloudEvents with a text that is no JSON',
    'NotJson',
    json({ ...cloudEvent, data: 'hello' }),
    'data: Unexpected token',
  ),
  bad(
    'EventBridge with a text that holds a list',
    'NotAnObject',
    json({ ...bridge, detail: json([good]) }),
    'detail: an array',
  ),
  envelope(
    'CloudEvents without an id',
    { ...cloudEvent, id: undefined, data: good },
    'id: not a text',
  ),
  envelope(
    'CloudEvents with a wrong time',
    { ...cloudEvent, time: 'now', data: good },
    'time: "now" is not an RFC 3339 time',
  ),
  envelope('EventBridge without detail', bridge, 'detail: missing'),
  envelope(
    'EventBridge without a time',
    { ...bridge, time: undefined, detail: good },
    'time: missing',
  ),
  envelope(
    'SNS confirming a subscription',
    { ...notification, Type: 'SubscriptionConfirmation', Message: 'You' },
    'Type: only notifications',
  ),
  envelope('SNS without a message', notification, 'Message: not a text'),
  bad(
    'SNS with text',
    'NotJson',
    json({ ...notification, Message: 'Hello!' }),
    'Message: Unexpected token',
  ),
  bad(
    'SNS with a list',
    'NotAnObject',
    json({ ...notification, Message: '[]' }),
    'Message: an array',
  ),
  bad(
    'SNS with a byte order mark',
    'ByteOrderMark',
    json({ ...notification, Message: '\uFEFF{}' }),
    'Message: begins with',
  ),
  envelope(
    'four envelopes',
    {
      ...bridge,
      detail: { ...bridge, detail: { ...bridge, detail: { ...bridge, detail: good } } },
    },
    'more than 3 envelopes',
  ),
  event(
    'a bad image inside CloudEvents',
    { ...cloudEvent, data: { images: [{ guid: 'x', title: 'a' }] } },
    'data.images[0].guid: "x" is not a UUID',
  ),
];
