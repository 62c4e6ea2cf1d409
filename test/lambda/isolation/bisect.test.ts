import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dividedByHints, halved, singly } from '../../../lambda/isolation/bisect.ts';
import { answer, refusal } from '../../helpers/answers.ts';
import {
  callOf,
  change,
  changesOf,
  type Delivered,
  delivered,
  guidsOf,
  newMemory,
  reasonOf,
} from '../../helpers/delivery.ts';
import { guid, numberOf } from '../../helpers/records.ts';
import { exceptFor } from '../../helpers/refusals.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

/** The bounds of the search are those of one account whose images are to blame, in one invocation. */
const SEARCH = { systemicRefusalImages: 1_000, maxIsolationCalls: 1_000 };

/** The most calls for k refused images in one call of 50: the search, and one more for each. */
const maxCalls = (k: number) => Math.min(99, 2 * k * (Math.log2(64 / k) + 1) - 1) + k;

/** Parts as the numbers of their images. */
const numbersOf = (parts: readonly (readonly { guid: string }[])[]) =>
  parts.map((part) => part.map((one) => numberOf(one.guid)));

describe('a refused set', () => {
  const divided = (count: number, prose: string, listed?: ReadonlySet<string>) =>
    numbersOf(dividedByHints(callOf(count).updates, { prose, listed }));

  test('of up to three images is sent singly, and a larger one in halves, the larger first', () => {
    expect(numbersOf(halved(callOf(3).updates))).toEqual([[1], [2], [3]]);
    expect(numbersOf(halved(callOf(5).updates))).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(numbersOf(singly(callOf(2).updates))).toEqual([[1], [2]]);
  });

  test('without hints is halved', () => {
    expect(divided(4, 'no')).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('is sent without the images that the answer names, and those singly after it', () => {
    expect(divided(5, `not found: ${guid(2)}, ${guid(4)}`)).toEqual([[1, 3, 5], [2], [4]]);
  });

  test('is halved where the answer names more than half of it: that accuses nobody', () => {
    expect(divided(4, `${guid(1)} ${guid(2)}`)).toEqual([[3, 4], [1], [2]]);
    expect(divided(4, `${guid(1)} ${guid(2)} ${guid(3)}`)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('has what the answer does not list in one half together, which goes first', () => {
    expect(divided(4, 'no', new Set([guid(1), guid(3)]))).toEqual([
      [2, 4],
      [1, 3],
    ]);
  });
});

describe('a refused call of 50 images', () => {
  const changes = changesOf(50);
  const kinds = (bad: readonly number[]) =>
    changes.map((_, at) => (bad.includes(at + 1) ? 'rejected' : 'applied'));

  test('with one bad image and no hint takes at most 14 calls, wherever it stands', async () => {
    for (let bad = 1; bad <= 50; bad += 1) {
      const { sent, verdicts } = await delivered(changes, { answers: exceptFor([bad]) });
      expect(sent.length).toBeLessThanOrEqual(14);
      expect(verdicts.map((verdict) => verdict?.kind)).toEqual(kinds([bad]));
    }
  });

  test('takes 3 calls where the answer names the one bad image', async () => {
    const { sent, verdicts } = await delivered(changes, {
      answers: exceptFor([37], () =>
        refusal(`The image {${guid(37).toUpperCase()}} does not exist.`),
      ),
    });
    expect(sent.map(({ guids }) => guids.length)).toEqual([50, 49, 1]);
    expect(verdicts.map((verdict) => verdict?.kind)).toEqual(kinds([37]));
  });

  test('tries all whom the answer names singly, however many, once the others went through', async () => {
    const bad = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17];
    const { sent, verdicts } = await delivered(changes, {
      answers: exceptFor(bad, (named) => refusal(`Not found: ${named.join(', ')}`)),
    });
    expect(sent.map(({ guids }) => guids.length)).toEqual([50, 40, ...bad.map(() => 1)]);
    // The same refusal of each may have another cause, as long as nothing goes through after it.
    const ofBad = verdicts.slice(7, 17).map((verdict) => reasonOf(verdict));
    expect(new Set(ofBad)).toEqual(new Set(['SystemicRefusal']));
    expect(verdicts.filter((verdict) => verdict?.kind === 'applied')).toHaveLength(40);
  });

  test('is halved as ever once an answer named an image that is good', async () => {
    const { sent } = await delivered(changes, {
      answers: exceptFor([40], (_bad, call) => refusal(guidsOf(call).slice(0, 15).join())),
    });
    const sizes = sent.map(({ guids }) => guids.length);
    // The others first, then one that is named: and the other 14, which may be as good, together.
    expect(sizes.slice(0, 6)).toEqual([50, 35, 1, 14, 18, 9]);
    expect(sizes.length).toBeLessThanOrEqual(16);
  });

  test('is halved as ever where the answer only repeats the whole request', async () => {
    const { sent } = await delivered(changes, {
      answers: exceptFor([1], (_named, call) => refusal(`Refused: ${guidsOf(call).join(', ')}`)),
    });
    expect(sent.length).toBeLessThanOrEqual(14);
  });

  test('tries first, together, what a refusal leaves out of its list, and acknowledges nothing by it', async () => {
    const listed = changes.slice(0, 40).map((one) => ({ guid: one.guid }));
    const { sent, verdicts } = await delivered(changes, {
      answers: exceptFor([45], () =>
        answer(400, { status: { success: false, message: 'no' }, images: listed }),
      ),
    });
    expect(sent[1]?.guids.slice(0, 10)).toEqual(changes.slice(40).map((one) => one.guid));
    expect(verdicts.map((verdict) => verdict?.kind)).toEqual(kinds([45]));
    expect(sent.length).toBeLessThanOrEqual(14);
  });

  test('whose left half is good does not send the right half whole', async () => {
    const { sent } = await delivered(changes, { answers: exceptFor([50]) });
    expect(sent.slice(0, 3).map(({ guids }) => guids.length)).toEqual([50, 25, 13]);
    expect(sent[2]?.guids[0]).toBe(guid(26));
  });
});

describe('for any bad images', () => {
  const changes = changesOf(50);
  const someBad = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 50 });

  /** Answers whose words and lists are right, half right or wrong, and prove nothing. */
  const hints = fc.constantFrom<(named: readonly string[], sent: readonly string[]) => object>(
    () => ({ message: 'no' }),
    (named) => ({ message: `not found: ${named.join()}` }),
    ([first]) => ({ message: `not found: ${first}` }),
    (_named, [first]) => ({ message: `not found: ${first}` }),
    (_named, sent) => ({ message: sent.slice(0, sent.length / 3).join() }),
    (named, sent) => ({ message: sent.filter((id) => !named.includes(id)).join() }),
    (_named, sent) => ({ message: sent.join() }),
  );
  const listed = fc.constantFrom<(named: readonly string[], sent: readonly string[]) => string[]>(
    () => [],
    (named) => [...named],
    (named, sent) => sent.filter((id) => !named.includes(id)),
    (_named, sent) => sent.slice(0, 1),
  );

  /** All others are taken, and each bad one is refused alone: to blame, or to wait for proof. */
  function expectFound({ verdicts }: Delivered, bad: readonly number[]) {
    for (const [at, verdict] of verdicts.entries()) {
      if (!bad.includes(at + 1)) expect(verdict).toEqual({ kind: 'applied' });
      else expect(['Refused', 'SystemicRefusal']).toContain(reasonOf(verdict));
    }
  }

  test('exactly they are found, within min(99, 2k(log2(64/k)+1)-1) + k calls', async () => {
    await fc.assert(
      fc.asyncProperty(someBad, async (bad) => {
        const delivery = await delivered(changes, { answers: exceptFor(bad), limits: SEARCH });
        expect(delivery.sent.length).toBeLessThanOrEqual(maxCalls(bad.length));
        expectFound(delivery, bad);
      }),
    );
  });

  test('they are found with two calls more at most, whatever an answer says of images', async () => {
    await fc.assert(
      fc.asyncProperty(someBad, hints, listed, async (bad, hint, list) => {
        const delivery = await delivered(changes, {
          answers: exceptFor(bad, (named, call) => {
            const status = { success: false, ...hint(named, guidsOf(call)) };
            const images = list(named, guidsOf(call)).map((id) => ({ guid: id }));
            return answer(400, { status, images });
          }),
          limits: SEARCH,
        });
        // To find out that its words are not to be believed.
        expect(delivery.sent.length).toBeLessThanOrEqual(maxCalls(bad.length) + 2);
        expectFound(delivery, bad);
      }),
    );
  });

  test('they are to blame the next time, as soon as anything else goes through', async () => {
    await fc.assert(
      fc.asyncProperty(someBad, async (bad) => {
        const time = virtualTime();
        const memory = newMemory(time);
        const parts = { time, memory, answers: exceptFor(bad), limits: SEARCH };
        await delivered(changes, parts);
        time.advance(60_000);
        const again = [...bad.map((n) => change(n)), change(99)];
        const { verdicts } = await delivered(again, parts);
        expect(verdicts.map(reasonOf)).toEqual([...bad.map(() => 'Refused'), undefined]);
      }),
    );
  });

  test('nothing is sent again once it was taken, or refused alone twice', async () => {
    await fc.assert(
      fc.asyncProperty(someBad, fc.integer({ min: 1, max: 50 }), async (bad, size) => {
        const badGuids = new Set(bad.map(guid));
        const { sent } = await delivered(changesOf(size), {
          answers: exceptFor(bad),
          limits: SEARCH,
        });
        const decided = new Set<string>();
        const refusedAlone = new Set<string>();
        for (const { guids } of sent) {
          expect(guids.filter((id) => decided.has(id))).toEqual([]);
          const isRefused = guids.some((id) => badGuids.has(id));
          if (!isRefused) for (const id of guids) decided.add(id);
          const [only] = guids;
          if (!isRefused || guids.length > 1 || only === undefined) continue;
          if (refusedAlone.has(only)) decided.add(only);
          refusedAlone.add(only);
        }
      }),
    );
  });
});
