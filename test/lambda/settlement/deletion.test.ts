import { expect, test } from '@jest/globals';
import { type DeleteEntry, deleteDone } from '../../../lambda/settlement/deletion.ts';
import { confirming } from '../../helpers/flow.ts';
import { FAILED, settlementOf } from '../../helpers/settlements.ts';

test('what went well or was dead-lettered is deleted, and nothing that comes back', async () => {
  const deleted: DeleteEntry[] = [];
  const outcomes = [
    settlementOf({ kind: 'applied' }),
    settlementOf(FAILED),
    settlementOf({ kind: 'rejected', reason: 'Refused', detail: 'no' }),
  ];
  await deleteDone(outcomes, async (entries) => {
    deleted.push(...entries);
    return confirming(entries);
  });
  const handles = outcomes.map(({ parsed }) => parsed.record.receiptHandle);
  expect(deleted).toEqual([
    { Id: '0', ReceiptHandle: handles[0] },
    { Id: '2', ReceiptHandle: handles[2] },
  ]);
});

test('a message that stands twice is not deleted while one of the two comes back', async () => {
  const deleted: DeleteEntry[] = [];
  await deleteDone(
    [
      settlementOf({ kind: 'applied' }, { messageId: 'm' }),
      settlementOf(FAILED, { messageId: 'm' }),
    ],
    async (entries) => {
      deleted.push(...entries);
      return confirming(entries);
    },
  );
  expect(deleted).toEqual([]);
});

test('an unreachable queue costs nothing: what is not deleted here Lambda deletes', async () => {
  const unreachable = async () => {
    throw new Error('unreachable');
  };
  await expect(
    deleteDone([settlementOf({ kind: 'applied' })], unreachable),
  ).resolves.toBeUndefined();
});

test('as few requests are made as the queue allows', async () => {
  const sizes: number[] = [];
  const outcomes = Array.from({ length: 12 }, () => settlementOf({ kind: 'applied' }));
  await deleteDone(outcomes, async (entries) => {
    sizes.push(entries.length);
    return confirming(entries);
  });
  expect(sizes).toEqual([10, 2]);
});
