import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../lambda/finerworks/call.ts';
import type { Change, Update } from '../../../lambda/images/change.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { answer, refusal, success, timeout } from '../../helpers/answers.ts';
import { callOf, change, delivered, update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

const guidsOf = (call: Call) => call.updates.map((u) => u.guid);

describe('a success with a list of images', () => {
  test('sends what it leaves out once more alone, and rejects what is missing again', async () => {
    const call = callOf(3);
    const delivery = await delivered([call], {
      answers: (sent) => success(sent.updates.length === 1 ? [guid(9)] : [guid(1), guid(2)]),
    });
    expect(delivery.sent.map(({ guids }) => guids)).toEqual([guidsOf(call), [guid(3)]]);
    const verdicts = call.updates.flatMap((u) => u.changes).flatMap((c) => delivery.book.of(c));
    expect(verdicts.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'rejected']);
    expect(verdicts[2]).toEqual({
      kind: 'rejected',
      reason: 'Refused',
      detail: 'FinerWorks answered success twice, without this image',
      guids: [guid(3)],
    });
  });

  test('takes an image that the second answer lists as updated', async () => {
    const call = callOf(2);
    const delivery = await delivered([call], {
      answers: (sent) => success(sent.updates.length === 1 ? guidsOf(sent) : [guid(1)]),
    });
    expect(delivery.figures).toMatchObject({ calls: 2, images: 2, isolationCalls: 1 });
  });

  test('that is empty says nothing', async () => {
    const delivery = await delivered([callOf(2)], { answers: () => success([]) });
    expect(delivery.figures).toMatchObject({ calls: 1, images: 2 });
  });
});

describe('a coalesced image that is refused alone', () => {
  const title = change(1, { title: 'Good', messageId: 'm-title' });
  const description = change(1, {
    title: undefined,
    description: 'Bad',
    messageId: 'm-description',
    order: { ...title.order, sentAt: title.order.sentAt + 5 },
  });
  const [coalesced] = coalesce([description, title]) as [Update];
  const refusesBad = (call: Call) =>
    call.updates.some((u) => u.description === 'Bad') ? refusal() : success();

  test('is taken apart, oldest first, and only the refused event is rejected', async () => {
    const delivery = await delivered([{ account: null, updates: [coalesced] }], {
      answers: refusesBad,
    });
    const values = delivery.calls.map((call) => [
      call.updates[0]?.title,
      call.updates[0]?.description,
    ]);
    expect(values).toEqual([
      ['Good', 'Bad'],
      ['Good', undefined],
      [undefined, 'Bad'],
    ]);
    expect(delivery.book.of(title)).toEqual([{ kind: 'applied' }]);
    expect(delivery.book.of(description)).toMatchObject([{ kind: 'rejected', guids: [guid(1)] }]);
  });

  test('lets no event overtake an older one that has to be retried', async () => {
    const delivery = await delivered([{ account: null, updates: [coalesced] }], {
      answers: (_call, _keys, nth) => (nth === 1 ? refusal() : timeout),
    });
    expect(delivery.book.of(title)).toMatchObject([{ kind: 'retry', reason: 'Timeout' }]);
    expect(delivery.book.of(description)).toMatchObject([{ kind: 'retry', reason: 'Deferred' }]);
  });

  test('is not sent again for an event that wants just what was refused', async () => {
    const twice = { ...coalesced, changes: [change(1), { ...change(1), messageId: 'again' }] };
    const same = { ...twice, title: 'Title 1', description: undefined };
    const delivery = await delivered([{ account: null, updates: [same] }], {
      answers: () => refusal(),
    });
    expect(delivery.sent).toHaveLength(1);
  });
});

test('what an image already has is not sent again, for whichever event', async () => {
  const event = (second: number, parts: Partial<Change>) =>
    change(1, {
      title: undefined,
      ...parts,
      messageId: `m${second}`,
      order: { time: `2026-11-23T10:00:0${second}.000000000Z`, sentAt: 0, id: `${second}` },
    });
  const events = [
    event(1, { title: 'A' }),
    event(2, { description: 'D' }),
    event(3, { title: 'A' }),
    event(4, { title: 'B' }),
    event(5, { title: 'A' }),
    event(6, { title: 'Bad' }),
  ];
  const delivery = await delivered([{ account: null, updates: coalesce(events) }], {
    answers: ({ updates }) => (updates.some((u) => u.title === 'Bad') ? refusal() : success()),
  });
  expect(delivery.calls.map(({ updates }) => [updates[0]?.title, updates[0]?.description])).toEqual(
    [
      ['Bad', 'D'],
      ['A', undefined],
      [undefined, 'D'],
      ['B', undefined],
      ['A', undefined],
      ['Bad', undefined],
    ],
  );
  const kinds = events.map((one) => delivery.book.of(one).map(({ kind }) => kind));
  expect(
    kinds
      .slice(0, 5)
      .flat()
      .filter((kind) => kind !== 'applied'),
  ).toEqual([]);
  expect(kinds[5]).toEqual(['rejected']);
});

test('what was refused alone is not sent again, even for another event in between', async () => {
  const event = (second: number, title: string) =>
    change(1, {
      title,
      messageId: `m${second}`,
      order: { time: `2026-11-23T10:00:0${second}.000000000Z`, sentAt: 0, id: `${second}` },
    });
  const updates = coalesce([event(1, 'A'), event(2, 'B'), event(3, 'A'), event(4, 'C')]);
  const delivery = await delivered([{ account: null, updates }], { answers: () => refusal() });
  expect(delivery.calls.map((call) => call.updates[0]?.title)).toEqual(['C', 'A', 'B']);
});

describe('the bounds of the search', () => {
  test('beyond the budget the rest is retried and not rejected', async () => {
    const call = callOf(50);
    const delivery = await delivered([call], {
      answers: (sent) => (guidsOf(sent).includes(guid(50)) ? refusal() : success()),
      limits: { maxIsolationCalls: 2 },
    });
    expect(delivery.sent).toHaveLength(3);
    const verdicts = call.updates.flatMap((u) => u.changes).flatMap((c) => delivery.book.of(c));
    expect(verdicts.filter(({ kind }) => kind === 'applied')).toHaveLength(38);
    expect(verdicts.filter((v) => v.kind === 'retry' && v.reason === 'BudgetSpent')).toHaveLength(
      12,
    );
  });

  test('HTTP 413 halves the call and blames no image', async () => {
    const call = callOf(8);
    const delivery = await delivered([call], {
      answers: (sent) => (sent.updates.length > 2 ? answer(413) : success()),
    });
    expect(delivery.sent.map(({ guids }) => guids.length)).toEqual([8, 4, 4, 2, 2, 2, 2]);
    expect(delivery.figures.images).toBe(8);
  });

  test('an image that is too large alone is rejected', async () => {
    const only = update(1);
    const delivery = await delivered([{ account: null, updates: [only] }], {
      answers: () => answer(413),
    });
    const verdicts = only.changes.flatMap((c) => delivery.book.of(c));
    expect(verdicts).toMatchObject([{ kind: 'rejected', http: { status: 413 } }]);
  });
});

describe('a systemic refusal', () => {
  const verdictsOf = async (calls: readonly Call[], answers: () => ReturnType<typeof refusal>) => {
    const delivery = await delivered(calls, { answers });
    const changes = calls.flatMap((call) => call.updates).flatMap((u) => u.changes);
    return { delivery, verdicts: changes.flatMap((c) => delivery.book.of(c)) };
  };

  test('returns everything and stops calling', async () => {
    const second = { account: 'other', updates: [update(60)] };
    const { delivery, verdicts } = await verdictsOf([callOf(50), second], () => refusal());
    expect(new Set(verdicts.map((v) => v.kind === 'retry' && v.reason))).toEqual(
      new Set(['SystemicRefusal']),
    );
    expect(verdicts).toHaveLength(51);
    expect(delivery.sent.length).toBeLessThan(50);
  });

  test('begins with five images of two messages', async () => {
    const updates = Array.from({ length: 5 }, (_, n) => update(n, { messageId: `m${n % 2}` }));
    const { verdicts } = await verdictsOf([{ account: null, updates }], () => refusal());
    expect(verdicts.map((v) => v.kind === 'retry' && [v.reason, v.detail])).toEqual(
      Array.from({ length: 5 }, () => [
        'SystemicRefusal',
        '5 images of 2 messages refused and none taken: is the address right, and the contract?',
      ]),
    );
  });

  test('is none where the images are of one message', async () => {
    const updates = Array.from({ length: 8 }, (_, at) => update(at, { messageId: 'one' }));
    const { verdicts } = await verdictsOf([{ account: null, updates }], () => refusal());
    expect(verdicts.every(({ kind }) => kind === 'rejected')).toBe(true);
  });

  test('is none where fewer images than the limit were refused', async () => {
    const { verdicts } = await verdictsOf([callOf(4)], () => refusal());
    expect(verdicts.every(({ kind }) => kind === 'rejected')).toBe(true);
  });

  test('is none where any call of the invocation succeeded', async () => {
    const answers = [success()];
    const { verdicts } = await verdictsOf(
      [{ account: 'first', updates: [update(99)] }, callOf(20)],
      () => answers.pop() ?? refusal(),
    );
    expect(verdicts.filter(({ kind }) => kind === 'rejected')).toHaveLength(20);
  });
});
