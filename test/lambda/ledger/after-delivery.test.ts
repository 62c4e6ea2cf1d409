import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Field } from '../../../lambda/contract/fields.ts';
import { hashOf } from '../../../lambda/general/hash.ts';
import { loneUpdate, type Update } from '../../../lambda/images/change.ts';
import { contributionsOf } from '../../../lambda/images/contributions.ts';
import { compareOrder } from '../../../lambda/images/order.ts';
import { afterDelivery } from '../../../lambda/ledger/after-delivery.ts';
import type { FieldEntry, LedgerItem } from '../../../lambda/ledger/item.ts';
import { underWay } from '../../../lambda/ledger/transitions.ts';
import type { Verdict } from '../../../lambda/verdicts/verdict.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import {
  APPLIED,
  confirmed,
  DOUBTFUL,
  EARLIER,
  held,
  known,
  NOT_SENT,
  NOW,
  open,
  order,
  REJECTED,
  RETRY,
  SENT,
  seconds,
  titleAfter,
  titleAfterAll,
  wanted,
} from '../../helpers/ledger-entries.ts';

describe('after a confirmation', () => {
  test('the value is settled under the newest change, and known', () => {
    const changes = [wanted(2, 'B'), wanted(3, 'C')];
    expect(titleAfterAll(held(changes, known(1, 'A')), SENT, APPLIED)).toEqual({
      settled: { order: order(3), hash: hashOf('C'), at: NOW, messageId: 'm3' },
      unsettled: [],
      isKnown: true,
    });
  });

  test('older undecided changes are forgotten: they are too old from now on', () => {
    const before = { unsettled: open(1, 2), isKnown: false };
    const title = titleAfterAll(held([wanted(3, 'C')], before), SENT, APPLIED);
    expect(title).toMatchObject({ unsettled: [], isKnown: true });
  });

  test('those that were given up are forgotten: whatever lists show of them is older', () => {
    const before = { unsettled: [], givenUp: open(1, 5), isKnown: false };
    const title = titleAfterAll(held([wanted(3, 'C')], before), SENT, APPLIED);
    expect(title).not.toHaveProperty('givenUp');
  });

  test('newer undecided ones still hold older ones back, and the value is not known', () => {
    const before = { unsettled: open(5), isKnown: false };
    const title = titleAfterAll(held([wanted(3, 'C')], before), SENT, APPLIED);
    expect(seconds(title)).toEqual([5]);
    expect(title).toMatchObject({ settled: { order: order(3) }, isKnown: false });
  });

  test('newer ones that were abandoned are forgotten: nothing of them can be under way any more', () => {
    const at = NOW - 13 * 3_600_000;
    const before = { unsettled: [{ order: order(5), at }], isKnown: false };
    const title = titleAfterAll(held([wanted(3, 'C')], before), SENT, APPLIED);
    expect(title).toMatchObject({ unsettled: [], isKnown: true });
  });

  test('of the older of two changes the newer one stays undecided', () => {
    const [older, newer] = [wanted(2, 'B'), wanted(3, 'C')];
    const title = titleAfter(
      held([older, newer], known(1, 'A')),
      SENT,
      [loneUpdate(older), APPLIED],
      [loneUpdate(newer), RETRY],
    );
    expect(seconds(title)).toEqual([3]);
    expect(title).toMatchObject({ settled: { hash: hashOf('B') }, isKnown: false });
  });

  test('of the older one, with the newer one refused, the older one is known', () => {
    const [older, newer] = [wanted(2, 'B'), wanted(3, 'C')];
    const title = titleAfter(
      held([older, newer], known(1, 'A')),
      SENT,
      [loneUpdate(older), APPLIED],
      [loneUpdate(newer), REJECTED],
    );
    expect(title).toMatchObject({ settled: { hash: hashOf('B') }, unsettled: [], isKnown: true });
  });

  test('by a list, without any call, the value is settled as well', () => {
    const title = titleAfterAll(held([wanted(2, 'B')], known(1, 'A')), NOT_SENT, {
      kind: 'unchanged',
    });
    expect(title).toMatchObject({ settled: { order: order(2), hash: hashOf('B') }, isKnown: true });
  });

  test('by a list, what was sent and not decided before is undecided no more where it is older', () => {
    const before = { unsettled: open(1, 5), isKnown: false };
    const title = titleAfterAll(held([wanted(3, 'C')], before), NOT_SENT, { kind: 'unchanged' });
    expect(seconds(title)).toEqual([5]);
    expect(title).toMatchObject({ isKnown: false });
  });

  test('its order is that of the newest change that sets it, not of one that sets another field', () => {
    const titleOnly = wanted(2, 'B');
    const descriptionOnly = wanted(3, undefined, { description: 'd' });
    const title = titleAfterAll(held([titleOnly, descriptionOnly]), SENT, APPLIED);
    expect(title?.settled).toMatchObject({ order: order(2), messageId: 'm2' });
  });

  test('by a list, of the older of two changes, the newer one was never sent and holds nothing back', () => {
    const [older, newer] = [wanted(2, 'B'), wanted(3, 'C')];
    const title = titleAfter(
      held([older, newer], known(1, 'A')),
      NOT_SENT,
      [loneUpdate(older), { kind: 'unchanged' }],
      [loneUpdate(newer), RETRY],
    );
    expect(title).toMatchObject({ settled: { order: order(2) }, unsettled: [], isKnown: true });
  });

  test('an empty text is a value', () => {
    const title = titleAfterAll(held([wanted(2, '')]), SENT, APPLIED);
    expect(title?.settled?.hash).toBe(hashOf(''));
  });
});

describe('after a refusal', () => {
  test('the field is as it was', () => {
    const before = known(1, 'A');
    expect(titleAfterAll(held([wanted(2, 'B')], before), SENT, REJECTED)).toEqual(before);
  });

  test('of an image that was never changed nothing is known', () => {
    const title = titleAfterAll(held([wanted(2, 'B')]), SENT, REJECTED);
    expect(title).toEqual({ unsettled: [], isKnown: false });
  });

  test('the value is not known where a call before it may have been taken', () => {
    const before = known(1, 'A');
    const title = titleAfterAll(held([wanted(2, 'B')], before), DOUBTFUL, REJECTED);
    expect(title).toEqual({ ...before, isKnown: false });
  });

  test('what was undecided before stays so, but for the change itself', () => {
    const before = { settled: confirmed(1, 'A'), unsettled: open(2, 3), isKnown: false };
    const title = titleAfterAll(held([wanted(2, 'B')], before), SENT, REJECTED);
    expect(seconds(title)).toEqual([3]);
    expect(title).toMatchObject({ settled: confirmed(1, 'A'), isKnown: false });
  });
});

describe('where it is open what became of a change', () => {
  test.each([
    ['a call whose answer never came', DOUBTFUL],
    // A success that does not list the image, say: whether it was taken is inferred only.
    ['a call that had an answer', SENT],
  ])('after %s it is undecided, and the value is not known', (_name, sendStatus) => {
    const title = titleAfterAll(held([wanted(2, 'B')], known(1, 'A')), sendStatus, RETRY);
    expect(title).toEqual({
      settled: confirmed(1, 'A'),
      unsettled: [{ order: order(2), hash: hashOf('B'), at: NOW }],
      isKnown: false,
    });
  });

  test('what was never sent leaves the field as it was: no older change waits for it', () => {
    const before = known(1, 'A');
    expect(titleAfterAll(held([wanted(2, 'B')], before), NOT_SENT, RETRY)).toEqual(before);
    expect(titleAfterAll(held([wanted(2, 'B')]), NOT_SENT, RETRY)).toEqual({
      unsettled: [],
      isKnown: false,
    });
  });

  test('what was sent before stays undecided, however many newer ones were not sent', () => {
    const before: FieldEntry = { unsettled: open(1), isKnown: false };
    const lease = held(
      [2, 3, 4, 5, 6].map((at) => wanted(at, `Title ${at}`)),
      before,
    );
    expect(titleAfterAll(lease, NOT_SENT, RETRY)).toEqual(before);
  });

  test('what was sent before and not now is marked anew, as its message is alive', () => {
    const before = { settled: confirmed(1, 'A'), unsettled: open(2, 3), isKnown: false };
    const changes = [wanted(3, 'C'), wanted(4, 'D')];
    expect(titleAfterAll(held(changes, before), NOT_SENT, RETRY)).toEqual({
      ...before,
      unsettled: [
        { order: order(2), at: EARLIER, sentAt: EARLIER },
        { order: order(3), hash: hashOf('C'), at: NOW, sentAt: EARLIER },
      ],
    });
  });

  test('and stays as long sent, however often it is taken up and not sent', () => {
    const unsettled = [{ order: order(3), at: NOW - 1, sentAt: EARLIER }];
    const after = titleAfterAll(
      held([wanted(3, 'C')], { unsettled, isKnown: false }),
      NOT_SENT,
      RETRY,
    );
    expect(after?.unsettled).toEqual([
      { order: order(3), hash: hashOf('C'), at: NOW, sentAt: EARLIER },
    ]);
  });
});

describe('that a list showed what nobody sent', () => {
  const strange: Verdict = {
    kind: 'retry',
    reason: 'NotTaken',
    detail: 'not seen',
    strange: ['title'],
  };

  test('is remembered with the attempt to send it, and with no other', () => {
    const lease = held([wanted(2, 'B'), wanted(3, 'C')], known(1, 'A'));
    const after = titleAfterAll(lease, SENT, strange);
    expect(after?.unsettled).toEqual([
      { order: order(2), hash: hashOf('B'), at: NOW },
      { order: order(3), hash: hashOf('C'), wasStrange: true, at: NOW },
    ]);
  });

  test('is kept where the same change is sent again, and not for another text', () => {
    const before = titleAfterAll(held([wanted(2, 'B')]), SENT, strange);
    expect(underWay(before, [wanted(2, 'B')], 'title', NOW + 1).unsettled).toMatchObject([
      { wasStrange: true, at: NOW + 1 },
    ]);
    const [other] = underWay(before, [wanted(2, 'C')], 'title', NOW + 1).unsettled;
    expect(other?.wasStrange).toBeUndefined();
  });
});

test('a field that an update does not set stays as it is', () => {
  const description: FieldEntry = known(1, 'd');
  const lease = held([wanted(2, 'B')]);
  const item = { ...lease.item, description };
  const registry = new VerdictRegistry();
  for (const update of lease.updates) registry.record(update, APPLIED);
  const after = afterDelivery({ ...lease, before: item, item }, registry, SENT, NOW);
  expect(after.description).toBe(description);
});

test('each field follows the verdict of its own update', () => {
  const whole = wanted(2, 'B', { description: 'd' });
  const [titles, descriptions] = (['title', 'description'] as const).map((field: Field): Update => {
    const { guid, account } = whole;
    return { guid, account, [field]: whole[field], changes: [whole] };
  });
  if (titles === undefined || descriptions === undefined) throw new Error('two updates are made');
  const lease = { ...held([whole]), updates: [titles, descriptions] };
  const registry = new VerdictRegistry();
  registry.record(titles, REJECTED);
  registry.record(descriptions, APPLIED);
  const { title, description } = afterDelivery(lease, registry, SENT, NOW);
  expect(title).toEqual({ unsettled: [], isKnown: false });
  expect(description?.settled?.hash).toBe(hashOf('d'));
});

describe('the last rejection', () => {
  const rejectionAfter = (verdict: Verdict, before: Partial<LedgerItem> = {}) => {
    const first = wanted(2, 'B');
    const second = wanted(3, 'C');
    const lease = held([first, second]);
    const registry = new VerdictRegistry();
    registry.record(loneUpdate(first), APPLIED);
    registry.record(loneUpdate(second), verdict);
    const item = { ...lease.item, ...before };
    return afterDelivery({ ...lease, item }, registry, SENT, NOW).rejection;
  };

  test('says why, when, and for which message', () => {
    expect(rejectionAfter(REJECTED)).toEqual({
      reason: 'Refused',
      detail: 'no',
      at: NOW,
      messageId: 'm3',
    });
  });

  test('is cut, and no character in two', () => {
    const detail = `${'.'.repeat(299)}😀`;
    expect(rejectionAfter({ ...REJECTED, detail })?.detail).toBe(`${'.'.repeat(299)}\uFFFD`);
  });

  test('stays until there is another one', () => {
    const rejection = { reason: 'Refused', detail: 'old', at: 1, messageId: 'm' } as const;
    expect(rejectionAfter(APPLIED, { rejection })).toBe(rejection);
    expect(rejectionAfter(RETRY)).toBeUndefined();
  });
});

test('whatever happens, a value is known only where nothing is undecided', () => {
  const verdicts = fc.array(fc.constantFrom(APPLIED, RETRY, REJECTED), { minLength: 6 });
  const rounds = fc.array(
    fc.record({
      changes: fc.array(fc.tuple(fc.nat(9), fc.constantFrom('A', 'B')), {
        minLength: 1,
        maxLength: 4,
      }),
      sendStatus: fc.constantFrom(NOT_SENT, SENT, DOUBTFUL),
      verdicts,
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(rounds, (all) => {
      let entry: FieldEntry | undefined;
      for (const round of all) {
        const lease = held(
          round.changes.map(([second, title]) => wanted(second, title)),
          entry,
        );
        const parts = lease.updates.flatMap(contributionsOf);
        entry = titleAfter(
          lease,
          round.sendStatus,
          ...parts.map((part, at): [Update, Verdict] => [part, round.verdicts[at] ?? RETRY]),
        );
        if (entry === undefined) return;
        const { settled, unsettled, isKnown } = entry;
        if (isKnown)
          expect({ settled, unsettled }).toEqual({ settled: expect.anything(), unsettled: [] });
        const orders = unsettled.map((one) => one.order);
        expect(orders).toEqual(orders.toSorted(compareOrder));
      }
    }),
  );
});
