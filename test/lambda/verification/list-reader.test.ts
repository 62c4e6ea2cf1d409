import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../lambda/finerworks/answer.ts';
import { ListReader } from '../../../lambda/verification/list-reader.ts';
import { answer, listOf, refusal, success } from '../../helpers/answers.ts';
import { type DeliveryParts, REQUEST_ID, testSender } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

function scene(lists: Answer | DeliveryParts['lists'], parts: Partial<DeliveryParts> = {}) {
  const { sender, queries } = testSender({
    answers: () => success(),
    lists: typeof lists === 'function' ? lists : () => lists ?? answer(404),
    ...parts,
  });
  const reader = new ListReader({ sender, requestId: REQUEST_ID, limits: { verify: 'all' } });
  return { reader, queries };
}

const GUIDS = Array.from({ length: 60 }, (_, n) => guid(n));

describe('a reading of more images than a list takes', () => {
  test('shows those of all lists', async () => {
    const { reader, queries } = scene(({ guids }) => listOf(guids.map((id) => ({ guid: id }))));
    const shown = await reader.list('a', GUIDS);
    expect('kind' in shown ? [] : [...shown.keys()]).toEqual(GUIDS);
    expect(queries).toMatchObject([
      { account: 'a', guids: GUIDS.slice(0, 50), sessionId: REQUEST_ID },
      { account: 'a', guids: GUIDS.slice(50) },
    ]);
  });

  test.each([
    ['is refused', refusal('no'), { isSlow: false, verdict: { reason: 'InventoryUnknown' } }],
    ['fails', answer(500), { verdict: { reason: 'ServerError' } }],
    ['is not to be read', answer(200, { status: { success: true } }), { isSlow: false }],
  ])('asks no further where one %s, and says why', async (_name, failure, expected) => {
    const { reader, queries } = scene(failure);
    expect(await reader.list('a', GUIDS)).toMatchObject({ kind: 'failed', ...expected });
    expect(queries).toHaveLength(1);
  });

  test('says so where no list may be asked for any more', async () => {
    const { reader, queries } = scene(listOf([]), { available: 0 });
    expect(await reader.list('a', GUIDS)).toMatchObject({ kind: 'blocked' });
    expect(queries).toEqual([]);
  });
});

test('a list that leaves an image out is an answer, but not where all of them were shown before', async () => {
  const { reader } = scene(listOf([{ guid: guid(1) }]));
  const guids = [guid(1), guid(2)];
  expect(await reader.list(null, guids)).toEqual(new Map([[guid(1), expect.anything()]]));
  expect(await reader.listAll(null, guids)).toMatchObject({ kind: 'failed' });
});
