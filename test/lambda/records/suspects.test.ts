import { describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { MessageNote } from '../../../lambda/evidence/evidence-store.ts';
import { sortSuspects } from '../../../lambda/records/suspects.ts';
import { sqsRecord } from '../../helpers/records.ts';
import { noteOf, notesOn } from '../../helpers/settlements.ts';

/** Records of a second receive, by their ids. */
const returned = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) =>
    sqsRecord({ messageId: `${prefix}${n}`, receiveCount: 2 }),
  );

/** Notes of so many deaths on these records. */
const diedOf = (records: readonly SQSRecord[], begun: number): Record<string, MessageNote> =>
  Object.fromEntries(records.map(({ messageId }) => [messageId, noteOf({ begun })]));

const sizes = (chunks: readonly (readonly SQSRecord[])[]) => chunks.map(({ length }) => length);

describe('a record', () => {
  test('that comes for the first time, or with a note of how it ended, is sound', async () => {
    const records = [sqsRecord(), ...returned('noted', 1)];
    const notes = await notesOn(records, { noted0: noteOf() });
    expect(sortSuspects(records, notes)).toEqual({ sound: records, suspected: [], deadly: [] });
  });

  test.each([
    [0, [32, 32, 6]],
    [1, Array.from({ length: 35 }, () => 2)],
    [2, Array.from({ length: 70 }, () => 1)],
    [3, Array.from({ length: 70 }, () => 1)],
  ])('of %d deaths is touched among %p', async (begun, chunks) => {
    const records = returned('r', 70);
    const notes = await notesOn(records, begun === 0 ? {} : diedOf(records, begun));
    const { sound, suspected, deadly } = sortSuspects(records, notes);
    expect([sound, deadly]).toEqual([[], []]);
    expect(sizes(suspected)).toEqual(chunks);
    expect(suspected.flat()).toEqual(records);
  });

  test.each([4, 5])('of %d deaths is not touched any more', async (begun) => {
    const records = returned('r', 3);
    const notes = await notesOn(records, diedOf(records, begun));
    expect(sortSuspects(records, notes)).toEqual({ sound: [], suspected: [], deadly: records });
  });
});

test('the least suspected come first', async () => {
  const [twice, once, never] = [returned('twice', 1), returned('once', 1), returned('never', 1)];
  const records = [...twice, ...once, ...never];
  const notes = await notesOn(records, { ...diedOf(twice, 2), ...diedOf(once, 1) });
  expect(sortSuspects(records, notes).suspected).toEqual([never, once, twice]);
});

test('a message that stands twice in a batch is touched once, both records together', async () => {
  const records = returned('r', 2);
  const again = sqsRecord({ messageId: 'r0', receiveCount: 3 });
  const all = [...records, again];
  const notes = await notesOn(all, diedOf(all, 2));
  expect(sortSuspects(all, notes).suspected).toEqual([[records[0], again], [records[1]]]);
});

describe('in a FIFO queue', () => {
  const FIFO = 'arn:aws:sqs:us-east-1:000000000000:image-updates.fifo';
  const ofGroup = (messageId: string, messageGroupId: string) =>
    sqsRecord({ messageId, messageGroupId, receiveCount: 2, eventSourceARN: FIFO });

  test('the messages of a group are as suspected as the most suspected of them', async () => {
    const records = [
      ofGroup('a1', 'a'),
      ofGroup('a2', 'a'),
      ofGroup('a3', 'a'),
      ofGroup('b1', 'b'),
    ];
    const notes = await notesOn(records, {
      a1: noteOf(),
      a2: noteOf({ begun: 2 }),
      a3: noteOf({ begun: 1 }),
      b1: noteOf(),
    });
    const { sound, suspected } = sortSuspects(records, notes);
    expect(sound).toEqual([records[3]]);
    expect(suspected).toEqual([[records[0]], [records[1]], [records[2]]]);
  });

  test('a group is sound where all of its messages are', async () => {
    const records = [ofGroup('a1', 'a'), ofGroup('a2', 'a')];
    const notes = await notesOn(records, { a1: noteOf(), a2: noteOf() });
    expect(sortSuspects(records, notes).sound).toEqual(records);
  });
});
