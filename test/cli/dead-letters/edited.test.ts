import { describe, expect, test } from '@jest/globals';
import { corrected } from '../../../cli/dead-letters/correction.ts';
import { toDeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { edited } from '../../../cli/dead-letters/edited.ts';
import { KNOWN_FIELDS } from '../../../lambda/contract/faults/field-names.ts';
import { cli } from '../../helpers/cli.ts';
import { guid } from '../../helpers/records.ts';

const SENT = Date.parse('2026-11-23T12:00:00Z');
const NOW = SENT + 3_600_000;
const origin = { messageId: 'first', sentTimestamp: SENT - 60_000, time: null, id: null };
const failure = {
  ...{ reason: 'WouldRemoveInventory', detail: 'no', guids: [], attempts: 1 },
  ...{ time: '2026-11-23T12:00:00Z', requestId: 'r', origin },
};

const letterOf = (body: string) =>
  toDeadLetter({
    MessageId: 'letter',
    ReceiptHandle: 'handle',
    Body: body,
    Attributes: { SentTimestamp: String(SENT), ApproximateReceiveCount: '1' },
    MessageAttributes: { failure: { DataType: 'String', StringValue: JSON.stringify(failure) } },
  });

/** What is sent of an event that somebody edited. */
function sentOf(before: string, after: string) {
  const message = edited(letterOf(before), after, { limits: {}, now: NOW });
  const redrive = JSON.parse(message.MessageAttributes?.redrive?.StringValue ?? '');
  return { event: JSON.parse(message.MessageBody ?? ''), origin: redrive.origin };
}

const EVENT = { guid: guid(1), title: 'a', time: '2026-11-23T11:59:00Z' };
const text = (value: object) => JSON.stringify(value);

describe('the place in the order of an event that was edited', () => {
  test.each([
    ['a permission', { removeVirtualInventory: true, force: true }],
    ['nothing but the order of its fields', { title: 'a' }],
  ])(
    'stays where the edit gives %s: it must not overwrite what has come since',
    (_what, change) => {
      const sent = sentOf(text(EVENT), text({ ...change, ...EVENT }));
      expect(sent).toEqual({ event: { ...EVENT, ...change }, origin });
    },
  );

  test.each([
    ['a text', EVENT, { ...EVENT, title: 'b' }],
    ['an account', EVENT, { ...EVENT, account_key: 'acme' }],
    ['what made it invalid', { ...EVENT, title: 7 }, EVENT],
  ])('is that of now where it changes %s', (_what, before, after) => {
    const sent = sentOf(text(before), text(after));
    expect(Date.parse(sent.event.time)).toBe(NOW);
    expect(sent.origin).toEqual({ messageId: 'first', sentTimestamp: NOW, time: null, id: null });
  });

  test('is that of now where the event could not be read at all', () => {
    expect(Date.parse(sentOf('{', text({ guid: guid(1), title: 'a' })).event.time)).toBe(NOW);
  });

  test('is the time that somebody wrote', () => {
    const time = '2026-11-23T11:00:00Z';
    const ahead = { ...EVENT, time: '2027-01-01T00:00:00Z' };
    const sent = sentOf(text(ahead), text({ ...ahead, title: 'b', time }));
    expect(sent).toMatchObject({ event: { time }, origin: { sentTimestamp: NOW, time: null } });
  });
});

describe('--set', () => {
  test('takes every field of the contract but those that name the event and its images', async () => {
    const { stderr } = await cli(['dlq', 'redrive', '--set', 'none=x']);
    const naming = ['id', 'source', 'guid', 'images'];
    const settable = [...KNOWN_FIELDS.single].filter((field) => !naming.includes(field));
    for (const field of settable) expect(stderr).toContain(`${field}=…`);
    for (const field of naming) expect(stderr).not.toContain(` ${field}=…`);
  });

  test.each([
    ['removeVirtualInventory=yes', /neither true nor false/],
    ['time=tomorrow', /time/],
  ])('refuses %s', async (set, why) => {
    const { code, stderr } = await cli(['dlq', 'redrive', '--set', set]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(why)]);
  });

  test('puts a permission into an event of several images without asking which', () => {
    const images = [1, 2].map((n) => ({ guid: guid(n), title: 'a' }));
    const set = corrected(text({ detail: 1, images }), { removeVirtualInventory: true }, undefined);
    expect(JSON.parse(set)).toMatchObject({ images, removeVirtualInventory: true });
  });
});
