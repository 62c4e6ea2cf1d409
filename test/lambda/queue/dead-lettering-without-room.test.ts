import { describe, expect, test } from '@jest/globals';
import type { SQSMessageAttributes } from 'aws-lambda';
import fc from 'fast-check';
import { bytesOf } from '../../../lambda/settlement/dead-letter.ts';
import { type DeadLetterEntry, deadLetter } from '../../../lambda/settlement/dead-lettering.ts';
import { Failure } from '../../../lambda/settlement/failure.ts';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import type { Rejected } from '../../../lambda/verdicts/verdict.ts';
import { readingOf } from '../../helpers/readings.ts';
import { guid } from '../../helpers/records.ts';

const MIB = 1_048_576;
const rejected: Rejected = { kind: 'rejected', reason: 'Refused', detail: 'no', guids: [guid(1)] };
const occasion = { now: Date.parse('2026-11-23T12:00:00Z'), requestId: 'request-1' };

const attributes = (count: number, value = 'v'): SQSMessageAttributes =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`a${n}`, { dataType: 'String', stringValue: value }]),
  );
const outcome = (parts: Parameters<typeof readingOf>[0], verdict = rejected): RecordOutcome => ({
  parsed: readingOf(parts),
  verdict,
});

/** Dead-letters records, with a queue and a table that fail as told. */
async function bury(
  outcomes: readonly RecordOutcome[],
  { saves = [true, true], takes = true }: { saves?: boolean[]; takes?: boolean } = {},
) {
  const sent: DeadLetterEntry[] = [];
  const kept = new Map<string, string>();
  const answers = saves.values();
  const after = await deadLetter(
    outcomes,
    {
      sendDeadLetters: async (entries) => {
        if (!takes) throw new Error('down');
        sent.push(...entries);
        return new Map(entries.map(({ Id }) => [Id, `letter-${Id}`]));
      },
      limits: { maxReceiveCount: 1_000, retryHours: 48, retentionHours: 168 },
      evidence: {
        saveFailures: async (failures) => {
          if (answers.next().value === false) throw new Error('down');
          for (const [id, failure] of failures) kept.set(id, failure);
        },
      },
    },
    occasion,
  );
  return { after, sent, kept };
}

describe('a message with no room for its reason', () => {
  test('has it kept under the id of its dead letter', async () => {
    const { after, sent, kept } = await bury([
      outcome({ messageId: 'm1', messageAttributes: attributes(10) }),
      outcome({ messageId: 'm2', messageAttributes: attributes(9) }),
    ]);
    expect(sent.map(({ MessageAttributes = {} }) => 'failure' in MessageAttributes)).toEqual([
      false,
      true,
    ]);
    expect(Failure.parse(JSON.parse(kept.get('letter-0') ?? ''))).toMatchObject({
      reason: 'Refused',
      detail: 'no',
      origin: { messageId: 'm1' },
    });
    expect(kept.has('letter-1')).toBe(false);
    expect(after).toMatchObject([
      { deadLetter: { messageId: 'letter-0', failureBeside: kept.get('letter-0') } },
      { deadLetter: { messageId: 'letter-1' } },
    ]);
  });

  test.each([
    ['before it is sent: then it is not sent', [false, false], 1],
    ['after it is sent: then it is sent again', [true, false], 2],
  ])(
    'comes back where its reason can not be kept %s, and its neighbours do not',
    async (_when, saves, letters) => {
      const all = [outcome({ messageAttributes: attributes(10) }), outcome({})];
      const { after, sent } = await bury(all, { saves });
      expect(sent).toHaveLength(letters);
      expect(after).toMatchObject([
        { verdict: { kind: 'retry', reason: 'DeadLetterFailed' } },
        { verdict: rejected },
      ]);
    },
  );

  test('goes all the same where it could not come back any more: the log has its reason', async () => {
    const parts = { messageAttributes: attributes(10), receiveCount: 1_000 };
    const { after, sent } = await bury([outcome(parts)], { saves: [false, false] });
    expect(sent).toHaveLength(1);
    expect(after).toMatchObject([
      { verdict: rejected, deadLetter: { failureBeside: expect.stringContaining('Refused') } },
    ]);
  });

  test('comes back where the dead-letter queue does not take it', async () => {
    const all = [outcome({ messageAttributes: attributes(10) })];
    const { after, kept } = await bury(all, { takes: false });
    expect(after).toMatchObject([{ verdict: { kind: 'retry', reason: 'DeadLetterFailed' } }]);
    expect([...kept.keys()].filter((id) => id.startsWith('letter'))).toEqual([]);
  });

  test('has a reason that fits an item of the table, however much there is to say', async () => {
    const guids = Array.from({ length: 20_000 }, (_, n) => guid(n));
    const body = { guid: guid(1), title: 'x', id: 'i'.repeat(MIB - 100) };
    const { kept } = await bury([
      outcome({ body }, { ...rejected, guids, detail: '€'.repeat(MIB) }),
    ]);
    const text = kept.get('letter-0') ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100_000);
    // The event's own id, which is too long, is in the letter.
    expect(Failure.parse(JSON.parse(text)).origin.id).toBeNull();
  });
});

test('whatever attributes and size a message has, its letter is verbatim and its reason is found', async () => {
  const attribute = fc.oneof(
    fc.record({ dataType: fc.constant('String'), stringValue: fc.string({ minLength: 1 }) }),
    fc.record({ dataType: fc.constant('Binary'), binaryValue: fc.base64String({ minLength: 4 }) }),
  );
  const names = fc.string({ minLength: 1, unit: fc.constantFrom(...'abcdefgh-.1') });
  const messages = fc.record({
    messageAttributes: fc.dictionary(names, attribute, { maxKeys: 10 }),
    /** Bytes that SQS would still take of it. */
    left: fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.constant(MIB / 2)),
    detail: fc.string({ unit: 'grapheme' }),
  });
  await fc.assert(
    fc.asyncProperty(messages, async ({ messageAttributes, left, detail }) => {
      const bare = (body: string) => outcome({ messageId: 'm', body, messageAttributes });
      const { sent: probe } = await bury([bare('')], { saves: [] });
      const { failure: _, ...own } = probe[0]?.MessageAttributes ?? {};
      const body = 'b'.repeat(
        Math.max(1, MIB - bytesOf({ MessageBody: '', MessageAttributes: own }) - left),
      );
      const { sent, kept } = await bury([
        outcome({ messageId: 'm', body, messageAttributes }, { ...rejected, detail }),
      ]);
      const [letter] = sent;
      const { failure, ...others } = letter?.MessageAttributes ?? {};
      expect(letter?.MessageBody).toBe(body);
      expect(others).toEqual(own);
      expect(Object.keys(others).sort()).toEqual(Object.keys(messageAttributes).sort());
      expect(bytesOf({ MessageBody: body, ...letter })).toBeLessThanOrEqual(MIB);
      const text = failure?.StringValue ?? kept.get('letter-0') ?? '';
      expect(Failure.parse(JSON.parse(text))).toMatchObject({
        reason: 'Refused',
        origin: { messageId: 'm' },
      });
    }),
    { numRuns: 40 },
  );
});
