import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../lambda/images/change.ts';
import { answer, broken, inTurn, refusal, success, timeout } from '../../helpers/answers.ts';
import {
  change,
  changesOf,
  type DeliveryParts,
  delivered,
  guidsOf,
  reasonOf,
} from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { exceptFor } from '../../helpers/refusals.ts';

const sizes = (delivery: { readonly sent: readonly { readonly guids: readonly string[] }[] }) =>
  delivery.sent.map(({ guids }) => guids.length);

const numbersOf = (guids: readonly string[]) => guids.map((id) => Number(id.slice(-12)));

/** A healthy image of the account in a call of its own, which goes first: evidence that it works. */
function withEvidence(changes: readonly Change[], parts: DeliveryParts) {
  const isFirst = (one: { readonly guid: string }) => one.guid === guid(99);
  return delivered([change(99), ...changes], {
    ...parts,
    // Byte limits part the two calls: the first image is as large as a call may be.
    limits: { ...parts.limits, maxImagesPerCall: parts.limits?.maxImagesPerCall ?? 50 },
    answers: (call, keys, nth) =>
      call.updates.some(isFirst) && call.updates.length === 1
        ? success()
        : parts.answers(call, keys, nth),
  });
}

describe('a success with a list of images', () => {
  test('sends what it leaves out once more alone, and rejects what is missing again', async () => {
    const changes = changesOf(3);
    const delivery = await delivered(changes, {
      answers: (sent) => success(sent.updates.length === 1 ? [guid(9)] : [guid(1), guid(2)]),
    });
    expect(delivery.sent.map(({ guids }) => numbersOf(guids))).toEqual([[1, 2, 3], [3], [3]]);
    expect(delivery.verdicts).toEqual([
      { kind: 'applied' },
      { kind: 'applied' },
      expect.objectContaining({ kind: 'retry', reason: 'SystemicRefusal' }),
    ]);
  });
});
