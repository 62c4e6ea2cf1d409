import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../../lambda/finerworks/call.ts';
import { answer, refusal, success } from '../../helpers/answers.ts';
import { callOf, type Delivered, delivered } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

/** FinerWorks refuses every call that holds one of these images, and names none of them. */
function refusing(...culprits: number[]) {
  const refused = new Set(culprits.map(guid));
  return ({ updates }: Call) => (updates.some((u) => refused.has(u.guid)) ? refusal() : success());
}

/** What each image of the one call came to, in the call's order. */
function kindsOf({ book }: Delivered, call: Call): string[] {
  return call.updates.map(({ changes }) =>
    changes
      .flatMap((change) => book.of(change))
      .map(({ kind }) => kind)
      .join(),
  );
}

const NO_SYSTEM = { systemicRefusalImages: 1_000 };

describe('a refused call of 50 images', () => {
  const call = callOf(50);

  test('with one culprit and no hint takes at most 13 calls, wherever the culprit stands', async () => {
    for (let culprit = 1; culprit <= 50; culprit += 1) {
      const delivery = await delivered([call], { answers: refusing(culprit) });
      expect(delivery.sent.length).toBeLessThanOrEqual(13);
      const expected = call.updates.map((_, at) => (at + 1 === culprit ? 'rejected' : 'applied'));
      expect(kindsOf(delivery, call)).toEqual(expected);
    }
  });

  test('takes 3 calls where the answer names the one culprit', async () => {
    const delivery = await delivered([call], {
      answers: ({ updates }) =>
        updates.some((u) => u.guid === guid(37))
          ? refusal(`The image {${guid(37).toUpperCase()}} does not exist.`)
          : success(),
    });
    expect(delivery.sent.map(({ guids }) => guids.length)).toEqual([50, 49, 1]);
    expect(kindsOf(delivery, call).filter((kind) => kind === 'rejected')).toHaveLength(1);
  });

  test('blames everyone whom the answer names, however many, because the others go through first', async () => {
    const culprits = call.updates.slice(7, 17).map((u) => u.guid);
    const delivery = await delivered([call], {
      answers: ({ updates }) => {
        const named = updates.map((u) => u.guid).filter((id) => culprits.includes(id));
        return named.length > 0 ? refusal(`Not found: ${named.join(', ')}`) : success();
      },
    });
    expect(delivery.sent.map(({ guids }) => guids.length)).toEqual([
      50,
      40,
      ...culprits.map(() => 1),
    ]);
    expect(kindsOf(delivery, call).filter((kind) => kind === 'rejected')).toHaveLength(10);
  });

  test('is halved as ever where the answer only repeats the whole request', async () => {
    const names = call.updates.map((u) => u.guid).join(', ');
    const delivery = await delivered([call], {
      answers: ({ updates }) =>
        updates.some((u) => u.guid === guid(1)) ? refusal(`Refused: ${names}`) : success(),
    });
    expect(delivery.sent.length).toBeLessThanOrEqual(13);
  });

  test('tries first, together, what a refusal leaves out of its list, and acknowledges nothing by it', async () => {
    const listed = call.updates.slice(0, 40).map((u) => ({ guid: u.guid }));
    const delivery = await delivered([call], {
      answers: ({ updates }) =>
        updates.some((u) => u.guid === guid(45))
          ? answer(400, { status: { success: false, message: 'no' }, images: listed })
          : success(),
    });
    expect(delivery.sent[1]?.guids.slice(0, 10)).toEqual(call.updates.slice(40).map((u) => u.guid));
    expect(kindsOf(delivery, call).filter((kind) => kind === 'applied')).toHaveLength(49);
    expect(delivery.sent.length).toBeLessThanOrEqual(13);
  });

  test('whose left half is good does not send the right half whole', async () => {
    const delivery = await delivered([call], { answers: refusing(50) });
    expect(delivery.sent.slice(0, 3).map(({ guids }) => guids.length)).toEqual([50, 25, 13]);
    expect(delivery.sent[2]?.guids[0]).toBe(guid(26));
  });
});

describe('for any culprits', () => {
  const culprits = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 50 });

  test('exactly they are rejected, within min(99, 2k(log2(64/k)+1)-1) calls', async () => {
    await fc.assert(
      fc.asyncProperty(culprits, async (bad) => {
        const call = callOf(50);
        const delivery = await delivered([call], { answers: refusing(...bad), limits: NO_SYSTEM });
        const k = bad.length;
        const bound = Math.min(99, 2 * k * (Math.log2(64 / k) + 1) - 1);
        expect(delivery.sent.length).toBeLessThanOrEqual(bound);
        expect(kindsOf(delivery, call)).toEqual(
          call.updates.map((_, at) => (bad.includes(at + 1) ? 'rejected' : 'applied')),
        );
      }),
    );
  });

  test('nothing is sent again once it was proved good or refused alone', async () => {
    await fc.assert(
      fc.asyncProperty(culprits, fc.integer({ min: 1, max: 50 }), async (bad, size) => {
        const refused = new Set(bad.map(guid));
        const { sent } = await delivered([callOf(size)], {
          answers: refusing(...bad),
          limits: NO_SYSTEM,
        });
        const decided = new Set<string>();
        for (const { guids } of sent) {
          expect(guids.filter((sentGuid) => decided.has(sentGuid))).toEqual([]);
          const isRefused = guids.some((sentGuid) => refused.has(sentGuid));
          if (!isRefused || guids.length === 1) for (const done of guids) decided.add(done);
        }
      }),
    );
  });
});
