import { expect, test } from '@jest/globals';
import { unwrap } from '../../../lambda/contract/envelopes.ts';
import { RejectedEvent } from '../../../lambda/contract/rejected-event.ts';
import { guid } from '../../helpers/records.ts';

const image = { guid: guid(1), title: 'A title' };
const cloudEvent = { specversion: '1.0', type: 't', id: 'ce', source: '/pim' };
const bridge = { 'detail-type': 't', id: 'eb', source: 'dam', time: '2026-11-23T10:00:00Z' };
const TIME = '2026-11-23T10:00:00.000000000Z';

test('what an inner envelope does not say is said by the one around it', () => {
  const { body, path, envelope } = unwrap({
    ...bridge,
    detail: { ...cloudEvent, time: null, data: image },
  });
  expect(body).toEqual(image);
  expect(path).toEqual(['detail', 'data']);
  expect(envelope).toMatchObject({ id: 'ce', source: '/pim', time: TIME });
});

test('a text is named by its whole path where it is no JSON', () => {
  expect(() => unwrap({ ...bridge, detail: { ...cloudEvent, data: '[]' } })).toThrow(
    new RejectedEvent('NotAnObject', 'detail.data: an array, not a JSON object'),
  );
});

test.each([
  [{ ...bridge, id: 7, source: '' }, 'id: not a text; source: empty; detail: missing'],
  [
    { ...cloudEvent, force: true, accountkey: 'a', data: image },
    'force: stands in data, not beside it; accountkey: written account_key, in data, not beside it',
  ],
])('every fault of an envelope is told: %j', (message, detail) => {
  expect(() => unwrap(message)).toThrow(new RejectedEvent('InvalidEnvelope', detail));
});

test('what stands beside the detail of EventBridge is EventBridge’s own', () => {
  const message = { ...bridge, account: '111122223333', Time: 'noon', force: true, detail: image };
  expect(unwrap(message).body).toEqual(image);
});
