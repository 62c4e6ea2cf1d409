import { describe, expect, test } from '@jest/globals';
import { classify } from '../../../lambda/finerworks/classify.ts';
import { answer, badKeys, broken, refusal, success, timeout } from '../../helpers/answers.ts';
import { guid } from '../../helpers/records.ts';

const ok = { status: { success: true, status_code: 200, message: '', debug: null } };

describe('success is HTTP 2xx and JSON and status.success, and nothing else', () => {
  test.each([
    ['the documented answer', success()],
    ['another 2xx', answer(202, ok)],
    ['a message that is no text', answer(200, { status: { success: true, message: 5 } })],
    ['a list of images that nobody can read', answer(200, { ...ok, images: [1, { id: 2 }] })],
    ['success with status_code 400', answer(200, { status: { success: true, status_code: 400 } })],
  ])('%s succeeds', (_name, given) => {
    expect(classify(given)).toMatchObject({ kind: 'applied', listed: undefined });
  });

  test.each([
    ['an empty 200', answer(200)],
    ['204', answer(204)],
    ['HTML', answer(200, '<html>OK</html>')],
    ['JSON that is cut off', answer(200, '{"status":{"success":true')],
    ['JSON without a status', answer(200, {})],
    ['null', answer(200, 'null')],
    ['a status without success', answer(200, { status: {} })],
    ['success that is a text', answer(200, { status: { success: 'true' } })],
    ['success at the top', answer(200, { success: true })],
    ['an answer over the cap', { ...success(), truncated: true }],
  ])('%s is retried as unreadable', (_name, given) => {
    expect(classify(given)).toMatchObject({ kind: 'retry', reason: 'UnreadableAnswer' });
  });

  test('lists the readable images of a list in which some are not', () => {
    const given = answer(200, { ...ok, images: [{ guid: guid(1) }, null, { guid: 'x' }] });
    expect(classify(given)).toMatchObject({ kind: 'applied', listed: new Set([guid(1)]) });
  });

  test('lists the images that the answer lists, however their guids are written', () => {
    const given = answer(200, { ...ok, images: [{ guid: `{${guid(1).toUpperCase()}}`, id: 5 }] });
    expect(classify(given)).toMatchObject({ kind: 'applied', listed: new Set([guid(1)]) });
  });
});

describe('what is refused', () => {
  test.each([
    [
      'success: false under HTTP 200',
      answer(200, { status: { success: false, message: 'No such image' } }),
      'HTTP 200: No such image',
    ],
    ['HTTP 400', refusal('Bad image'), 'HTTP 400: Bad image'],
    ['success: true under HTTP 400', answer(400, ok), 'HTTP 400: {'],
    [
      'a ModelState',
      answer(400, {
        Message: 'The request is invalid.',
        ModelState: { 'images[0].title': ['Too long'] },
      }),
      'HTTP 400: Too long',
    ],
    ['Message', answer(422, { Message: 'Upper' }), 'HTTP 422: Upper'],
    ['message', answer(422, { message: 'Lower' }), 'HTTP 422: Lower'],
    [
      'a ModelState without sentences',
      answer(400, { Message: 'Bad', ModelState: { a: 5 } }),
      'HTTP 400: Bad',
    ],
    ['HTML', answer(404, '<h1>Not Found</h1>'), 'HTTP 404: <h1>Not Found</h1>'],
    ['an empty 400', answer(400), 'HTTP 400: an empty answer'],
  ])('%s', (_name, given, detail) => {
    expect(classify(given)).toMatchObject({
      kind: 'refused',
      tooLarge: false,
      detail: expect.stringContaining(detail),
      http: { status: given.status },
    });
  });

  test('HTTP 413 is the size of the call', () => {
    expect(classify(answer(413))).toMatchObject({ kind: 'refused', tooLarge: true });
  });

  test('keeps the words apart from the list: to be listed is not to be named', () => {
    const body = { Message: `See ${guid(7).toUpperCase()}`, images: [{ guid: guid(1) }] };
    const verdict = classify(answer(400, body));
    expect(verdict).toMatchObject({ listed: new Set([guid(1)]) });
    expect(verdict).toMatchObject({ prose: expect.stringContaining(guid(7)) });
    expect(verdict).not.toMatchObject({ prose: expect.stringContaining(guid(1)) });
  });

  test('shows the beginning of the answer and no more', () => {
    expect(classify(answer(400, 'x'.repeat(10_000)))).toMatchObject({
      detail: expect.stringMatching(/^.{500,600}$/),
      http: { excerpt: 'x'.repeat(500) },
    });
  });
});

describe('what is retried', () => {
  test.each([
    ['bad keys, as FinerWorks answers them', badKeys, 'BadKeys'],
    [
      'bad keys in another shape',
      answer(400, { ModelState: { 'X.credentials': 'no' } }),
      'BadKeys',
    ],
    ['HTTP 401', answer(401), 'BadKeys'],
    ['HTTP 403', answer(403, '<html>'), 'Forbidden'],
    ['HTTP 408', answer(408), 'Throttled'],
    ['HTTP 429', answer(429), 'Throttled'],
    ['HTTP 500', answer(500, ok), 'ServerError'],
    ['HTTP 502 with HTML', answer(502, '<html>Bad Gateway</html>'), 'ServerError'],
    ['HTTP 504', answer(504), 'ServerError'],
    ['HTTP 100', answer(100), 'ServerError'],
    ['HTTP 300', answer(300, ok), 'Redirected'],
    ['HTTP 399', answer(399), 'Redirected'],
    ['HTTP 301', answer(301), 'Redirected'],
    ['HTTP 304', answer(304), 'Redirected'],
    ['a timeout', timeout, 'Timeout'],
    ['a broken connection', broken('EPIPE'), 'Network'],
    [
      'a refusal over the cap, which could be bad keys',
      { ...refusal(), truncated: true },
      'UnreadableAnswer',
    ],
  ])('%s', (_name, given, reason) => {
    expect(classify(given)).toMatchObject({ kind: 'retry', reason });
  });

  test('with a word on an answer that was too large', () => {
    expect(classify({ ...answer(400, '{"message":"n'), truncated: true })).toMatchObject({
      detail: 'HTTP 400: an answer that is too long, and begins: {"message":"n',
    });
  });

  test('with the header Retry-After as it came', () => {
    expect(classify(answer(429, '', '17'))).toMatchObject({ retryAfter: '17' });
  });
});
