import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { returnLaterOfGroup } from '../../../lambda/settlement/fifo.ts';
import type { RecordOutcome } from '../../../lambda/settlement/settle.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { readingOf } from '../../helpers/readings.ts';
import { FIFO_QUEUE_ARN, SOURCE_QUEUE_ARN } from '../../helpers/records.ts';

const VERDICTS = {
  applied: { kind: 'applied' },
  unchanged: { kind: 'unchanged' },
  superseded: { kind: 'superseded' },
  retry: { kind: 'retry', reason: 'Timeout', detail: 't' },
  rejected: { kind: 'rejected', reason: 'Refused', detail: 'no' },
} as const satisfies Record<Verdict['kind'], Verdict>;

/** A batch in order: which group each record is of, and what became of it. */
function batchOf(
  records: readonly (readonly [group: string, kind: Verdict['kind']])[],
  eventSourceARN = FIFO_QUEUE_ARN,
): RecordOutcome[] {
  return records.map(([messageGroupId, kind], at) => ({
    parsed: readingOf({ messageId: `m${at}`, messageGroupId, eventSourceARN }),
    verdict: VERDICTS[kind],
  }));
}

const kindsOf = (outcomes: readonly RecordOutcome[]) => outcomes.map(({ verdict }) => verdict.kind);

describe('a batch of a FIFO queue', () => {
  test('returns what comes after a returned record of its group, and names that record', () => {
    const after = returnLaterOfGroup(
      batchOf([
        ['a', 'applied'],
        ['a', 'retry'],
        ['b', 'applied'],
        ['a', 'applied'],
        ['a', 'unchanged'],
      ]),
    );
    expect(kindsOf(after)).toEqual(['applied', 'retry', 'applied', 'retry', 'retry']);
    for (const { verdict } of after.slice(3)) {
      expect(verdict).toEqual({
        kind: 'retry',
        reason: 'Deferred',
        detail: 'comes after message m1 of its group, which went back to the queue',
        retryWithinSeconds: 1,
      });
    }
  });

  test('names the first of several that were returned, of an earlier part of the batch too', () => {
    const earlier = batchOf([
      ['a', 'applied'],
      ['b', 'retry'],
      ['b', 'retry'],
    ]);
    const after = returnLaterOfGroup(
      batchOf([
        ['c', 'retry'],
        ['c', 'retry'],
        ['a', 'applied'],
        ['b', 'applied'],
        ['c', 'applied'],
      ]),
      earlier,
    );
    expect(kindsOf(after)).toEqual(['retry', 'retry', 'applied', 'retry', 'retry']);
    const naming = (id: string) => ({ detail: expect.stringContaining(`after message ${id} of`) });
    expect(after.slice(3).map(({ verdict }) => verdict)).toMatchObject([
      naming('m1'),
      naming('m0'),
    ]);
  });

  test('returns nothing after a dead-lettered record', () => {
    const batch = batchOf([
      ['a', 'rejected'],
      ['a', 'applied'],
    ]);
    expect(returnLaterOfGroup(batch)).toEqual(batch);
  });

  test('does not let a record die twice: one that is dead-lettered already stays so', () => {
    const batch = batchOf([
      ['a', 'retry'],
      ['a', 'rejected'],
      ['a', 'superseded'],
    ]);
    expect(kindsOf(returnLaterOfGroup(batch))).toEqual(['retry', 'rejected', 'retry']);
  });

  test('never acknowledges what comes after a returned record of its group, whatever the batch', () => {
    const records = fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom<Verdict['kind'][]>(
          'applied',
          'unchanged',
          'superseded',
          'retry',
          'rejected',
        ),
      ),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(records, (drawn) => {
        const before = batchOf(drawn);
        const after = returnLaterOfGroup(before);
        const held = new Set<string>();
        for (const [at, [group]] of drawn.entries()) {
          const kind = after[at]?.verdict.kind;
          if (held.has(group)) expect(['retry', 'rejected']).toContain(kind);
          else expect(after[at]).toBe(before[at]);
          if (kind === 'retry') held.add(group);
        }
      }),
    );
  });
});

test('a batch of a standard queue is left as it is: a group there is a tenant, and no order', () => {
  const batch = batchOf(
    [
      ['a', 'retry'],
      ['a', 'applied'],
    ],
    SOURCE_QUEUE_ARN,
  );
  expect(returnLaterOfGroup(batch)).toEqual(batch);
});
