import { describe, expect, test } from '@jest/globals';
import { ImageTroubles } from '../../../lambda/evidence/image-troubles.ts';
import { loneUpdate, type Update } from '../../../lambda/images/change.ts';
import { Completion } from '../../../lambda/inventory/completion.ts';
import { InventoryLists } from '../../../lambda/inventory/inventory-lists.ts';
import { Preflight } from '../../../lambda/inventory/preflight.ts';
import { SeenImages } from '../../../lambda/inventory/seen-images.ts';
import type { UpdateSet } from '../../../lambda/isolation/finding.ts';
import { Prober } from '../../../lambda/isolation/prober.ts';
import { RefusedImages } from '../../../lambda/isolation/refused-images.ts';
import { WITHOUT_LEDGER } from '../../../lambda/ledger/ledger.ts';
import { VerdictRegistry } from '../../../lambda/verdicts/verdict-registry.ts';
import { answer, listOf, refusal, success, timeout } from '../../helpers/answers.ts';
import {
  callOf,
  change,
  type DeliveryParts,
  guidsOf,
  LIMITS,
  REQUEST_ID,
  testSender,
  update,
} from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

const setOf = (updates: readonly Update[], parts: Partial<UpdateSet> = {}): UpdateSet => ({
  ...{ account: null, updates, isChecked: true },
  ...parts,
});

/** A prober, whose preflight lists as told. */
function scene(parts: DeliveryParts) {
  const { sender, time, lanes, calls, queries, memory } = testSender(parts);
  const registry = new VerdictRegistry();
  const troubles = new ImageTroubles();
  const refused = new RefusedImages(5, troubles);
  const limits = { ...LIMITS, ...parts.limits };
  const verification = {
    prepare: async () => undefined,
    answered: () => {},
    imagesTogether: Number.POSITIVE_INFINITY,
  };
  const lists = new InventoryLists(sender, memory, REQUEST_ID);
  const seen = new SeenImages(time);
  const known = { registry, ledger: WITHOUT_LEDGER, seen, clock: time, log: sender.log };
  const completion = limits.omittedFields === 'omit' ? undefined : new Completion(known);
  const preflight = parts.lists && new Preflight({ ...known, lists, completion });
  const prober = new Prober({
    ...{ sender, registry, refused, troubles, limits },
    preflight,
    verification,
    clock: time,
  });
  return { prober, sender, registry, time, lanes, calls, queries, troubles, refused };
}

describe('a set that is taken', () => {
  test('is good: all of it is applied, and the account works', async () => {
    const { prober, registry, lanes, time, troubles } = scene({ answers: () => success() });
    const { updates } = callOf(2);
    troubles.set(guid(1), { refused: { since: 1, hash: 'h' } });
    expect(await prober.probe(setOf(updates))).toEqual({ kind: 'good' });
    expect(updates.map((one) => registry.ofUpdate(one))).toEqual([
      { kind: 'applied' },
      { kind: 'applied' },
    ]);
    expect(prober.figures).toEqual({ images: 2, isolationCalls: 1 });
    expect(lanes.of(null).health.lastSuccessAt).toBe(time.now());
    expect(troubles.of(guid(1))).toBeUndefined();
  });

  test('with a list leaves open what it leaves out', async () => {
    const { prober, registry, time } = scene({ answers: () => success([guid(1)]) });
    const { updates } = callOf(3);
    expect(await prober.probe(setOf(updates))).toEqual({
      kind: 'leftOut',
      set: setOf(updates.slice(1)),
      at: time.now(),
    });
    expect(updates.map((one) => registry.ofUpdate(one)?.kind)).toEqual([
      ...['applied', undefined, undefined],
    ]);
    expect(prober.figures.images).toBe(1);
  });

  test('with a list of none of it says nothing of the account', async () => {
    const { prober, lanes, refused } = scene({ answers: () => success([guid(9)]) });
    const [one] = callOf(1).updates;
    await prober.probe(setOf(callOf(1).updates));
    expect(lanes.of(null).health.lastSuccessAt).toBe(0);
    expect(one && refused.of(one)).toBeUndefined();
  });

  test('and leaves an image out twice has refused it', async () => {
    const { prober, refused } = scene({ answers: () => success([guid(9)]) });
    const one = update(1);
    const finding = await prober.probe(setOf([one], { isSecondTry: true }));
    expect(finding.kind).toBe('leftOut');
    expect(refused.of(one)?.rejected).toMatchObject({
      detail: 'FinerWorks answered success twice, without this image',
    });
  });
});

describe('a set that is refused', () => {
  test('is open, with what the answer says of images', async () => {
    const { prober, time, refused, registry } = scene({ answers: () => refusal('Not THIS') });
    const { updates } = callOf(2);
    const finding = await prober.probe(setOf(updates));
    expect(finding).toMatchObject({ kind: 'refused', at: time.now(), set: setOf(updates) });
    expect(finding.kind === 'refused' && finding.hints.prose).toContain('not this');
    expect(refused.lanes.size).toBe(0);
    expect(updates.map((one) => registry.ofUpdate(one))).toEqual([undefined, undefined]);
  });

  test('of one image is a refusal of it', async () => {
    const { prober, time, refused } = scene({ answers: () => refusal() });
    const one = update(1);
    await prober.probe(setOf([one]), { since: time.now() - 5 });
    expect(refused.of(one)).toMatchObject({ since: time.now() - 5 });
  });

  test('for its size is open for that', async () => {
    const { prober, refused } = scene({ answers: () => answer(413) });
    expect((await prober.probe(setOf(callOf(2).updates))).kind).toBe('tooLarge');
    expect(refused.lanes.size).toBe(0);
    expect((await prober.probe(setOf(callOf(1).updates))).kind).toBe('tooLarge');
    expect(refused.of(update(1))).toBeDefined();
  });
});

describe('a set that failed', () => {
  test('has its verdict for now, and is open', async () => {
    const { prober, registry, time } = scene({ answers: () => timeout });
    const { updates } = callOf(2);
    const verdict = { kind: 'retry', reason: 'Timeout', detail: 'no answer within 25 s' };
    expect(await prober.probe(setOf(updates))).toEqual({
      ...{ kind: 'failed', isSlow: true, verdict },
      set: setOf(updates),
      at: time.now(),
    });
    expect(updates.map((one) => registry.ofUpdate(one))).toEqual([verdict, verdict]);
  });
});

describe('a set that is not sent', () => {
  test('comes back for that, unless a call for it failed before', async () => {
    const { prober, registry, lanes } = scene({ answers: () => success() });
    const [failed, untried, fresh] = [update(1), update(2), update(3)];
    registry.record(failed, { kind: 'retry', reason: 'ServerError', detail: 'HTTP 500' });
    registry.record(untried, { kind: 'retry', reason: 'Deferred', detail: 'not tried' });
    lanes.of(null).stopped = { kind: 'retry', reason: 'BadKeys', detail: 'no' };
    const finding = await prober.probe(setOf([failed, untried, fresh]));
    expect(finding).toEqual({ kind: 'blocked' });
    expect([failed, untried, fresh].map((one) => registry.ofUpdate(one))).toMatchObject([
      { reason: 'ServerError' },
      { reason: 'BadKeys' },
      { reason: 'BadKeys' },
    ]);
  });

  test('once the account’s budget is spent, says so; other accounts have their own', async () => {
    const { prober, registry, calls } = scene({
      answers: () => success(),
      limits: { maxIsolationCalls: 2 },
    });
    const probe = async (n: number, account: string) =>
      (await prober.probe(setOf([update(n, { account })], { account }))).kind;
    expect([await probe(1, 'a'), await probe(2, 'a'), await probe(3, 'a')]).toEqual([
      ...['good', 'good', 'blocked'],
    ]);
    expect(await probe(4, 'b')).toBe('good');
    expect(calls).toHaveLength(3);
    expect(prober.figures.isolationCalls).toBe(3);
    const spent = update(5, { account: 'a' });
    await prober.probe(setOf([spent], { account: 'a' }));
    expect(registry.ofUpdate(spent)).toMatchObject({ kind: 'retry', reason: 'BudgetSpent' });
  });

  test('because it is too large by itself, is open for that without a call', async () => {
    const { prober, calls, time } = scene({
      answers: () => success(),
      limits: { maxImagesPerCall: 1 },
    });
    const { updates } = callOf(2);
    expect(await prober.probe(setOf(updates))).toEqual({
      kind: 'tooLarge',
      set: setOf(updates),
      at: time.now(),
    });
    expect(calls).toEqual([]);
    expect(prober.figures.isolationCalls).toBe(0);
  });
});

describe('a set that no preflight has seen', () => {
  const unchecked = (updates: readonly Update[]) => setOf(updates, { isChecked: false });

  test('is checked first, and what is decided by that is not sent', async () => {
    const { prober, registry, calls, queries } = scene({
      answers: () => success(),
      lists: () => listOf([{ guid: guid(1), title: 'Title 1' }]),
    });
    const [same, other] = [update(1), update(2)];
    registry.record(same, { kind: 'retry', reason: 'ServerError', detail: 'HTTP 500' });
    expect(await prober.probe(unchecked([same, other]))).toEqual({ kind: 'good' });
    expect(queries.map(({ guids }) => guids)).toEqual([[guid(1), guid(2)]]);
    expect(calls.map(({ call }) => call.updates)).toEqual([[other]]);
    expect(same.changes.map((one) => registry.kindOf(one))).toEqual(['unchanged']);
  });

  test('leaves what is of another account for another call, once the newest change is rejected', async () => {
    const { prober, registry, calls } = scene({
      answers: () => success(),
      lists: () => listOf([{ guid: guid(1), products: [{ sku: 'SKU-1' }] }]),
    });
    const older = change(1, { account: 'other', removeVirtualInventory: true });
    const newest = change(1, { title: 'Newest', messageId: 'message-newest' });
    const both = { ...loneUpdate(newest), changes: [older, newest] };
    expect(await prober.probe(unchecked([both]))).toEqual({ kind: 'good' });
    expect(calls).toEqual([]);
    expect(registry.of(older)).toMatchObject([{ kind: 'retry', reason: 'Deferred' }]);
    expect(registry.of(newest)).toMatchObject([{ reason: 'WouldRemoveInventory' }]);
  });

  test('is good without a call where all of it is decided', async () => {
    const { prober, calls } = scene({
      answers: () => success(),
      lists: () => listOf([{ guid: guid(1), title: 'Title 1' }]),
    });
    expect(await prober.probe(unchecked([update(1)]))).toEqual({ kind: 'good' });
    expect(calls).toEqual([]);
    expect(prober.figures.isolationCalls).toBe(0);
  });

  test('keeps the verdict of what goes on as it is', async () => {
    const { prober, registry, sender } = scene({
      answers: () => success(),
      lists: () => listOf([]),
    });
    const one = update(1);
    registry.record(one, { kind: 'retry', reason: 'ServerError', detail: 'HTTP 500' });
    sender.lanes.of(null).health.pace.pauseUntil(Number.MAX_SAFE_INTEGER);
    await prober.probe(setOf([one], { isChecked: true }));
    expect(registry.ofUpdate(one)).toMatchObject({ reason: 'ServerError' });
  });

  test('is open where the preflight failed, and still to be checked', async () => {
    const { prober, calls } = scene({ answers: () => success(), lists: () => answer(500) });
    const finding = await prober.probe(unchecked([update(1)]));
    expect(finding).toMatchObject({ kind: 'failed', set: { isChecked: false } });
    expect(calls).toEqual([]);
  });

  test('is sent unchecked where products need no protection', async () => {
    const { prober, queries } = scene({ answers: () => success() });
    expect(await prober.probe(unchecked([update(1)]))).toEqual({ kind: 'good' });
    expect(queries).toEqual([]);
  });

  test('is as likely to fail by its preflight as by its update', async () => {
    const { prober, sender } = scene({
      answers: () => timeout,
      lists: (_query, _keys, nth) => (nth === 1 ? listOf([]) : timeout),
    });
    const options = { isLikelyToFail: true };
    // From then on, a set that counts as checked needs no list before it is sent.
    await prober.probe(unchecked([update(1)]), options);
    for (let n = 0; n < 5; n += 1) {
      await prober.probe(unchecked([update(1)]), options);
      await prober.probe(setOf([update(1)]), options);
    }
    expect(sender.figures).toMatchObject({ calls: 6, listCalls: 6, breakerOpenings: 0 });
  });
});

describe('a set that a preflight has seen', () => {
  const both = [{ guid: guid(1), title: 'old', description: 'there' }];
  const lists = () => listOf(both);

  test('is sent with its other fields as they stand, and booked without', async () => {
    const { prober, registry, calls } = scene({ answers: () => success(), lists });
    const one = update(1);
    await prober.probe(setOf([one], { isChecked: false }));
    expect(calls[0]?.call.updates).toMatchObject([
      { title: 'Title 1', standing: { description: 'there' } },
    ]);
    const [decision] = one.changes.flatMap((part) => registry.decisionsOf(part));
    expect(decision).toMatchObject({ verdict: { kind: 'applied' } });
    expect(decision?.update.standing).toBeUndefined();
  });

  test('is told of as what went along where the image is refused', async () => {
    const { prober, refused } = scene({ answers: () => refusal('too long'), lists });
    const [one, both] = [update(1), update(1, { description: 'new' })];
    await prober.probe(setOf([one], { isChecked: false }));
    await prober.probe(setOf([both]));
    expect(refused.of(one)?.rejected.detail).toMatch(
      /too long \(its description went along as FinerWorks has it\)$/,
    );
    expect(refused.of(both)?.rejected.detail).toMatch(/too long$/);
  });

  test('a minute ago is not checked again, and later is', async () => {
    const { prober, time, queries } = scene({ answers: () => refusal(), lists });
    await prober.probe(setOf([update(1)], { isChecked: false }));
    time.advance(60_000);
    await prober.probe(setOf([update(1)]));
    expect(queries).toHaveLength(1);
    time.advance(1);
    await prober.probe(setOf([update(1)]));
    expect(queries).toHaveLength(2);
  });

  test('longer ago is left alone where products came up since', async () => {
    const products = [{ sku: 'AP1' }];
    const listed = [listOf(both), listOf([{ guid: guid(1), products }])];
    const { prober, registry, time, calls } = scene({
      answers: () => refusal(),
      lists: () => listed.shift() ?? answer(404),
    });
    const one = update(1);
    await prober.probe(setOf([one], { isChecked: false }));
    time.advance(60_001);
    await prober.probe(setOf([one]));
    expect(calls).toHaveLength(1);
    expect(one.changes.map((part) => registry.kindOf(part))).toEqual(['rejected']);
  });

  test('waits, and holds up no other, where nobody knows what is there by now', async () => {
    const { prober, registry, calls } = scene({
      answers: () => timeout,
      lists: ({ guids }) => listOf(guids.map((one) => ({ guid: one, title: 'old' }))),
    });
    const other = { account: 'other', title: undefined, description: 'new' };
    const updates = [update(1), update(2)];
    await prober.probe(setOf([update(1, other)], { account: 'other' }));
    await prober.probe(setOf(updates, { isChecked: false }));
    expect(calls.map(({ call }) => guidsOf(call))).toEqual([[guid(1)], [guid(2)]]);
    expect(updates.flatMap((one) => one.changes.map((part) => registry.of(part)[0]))).toMatchObject(
      [{ reason: 'Deferred' }, { reason: 'Timeout' }],
    );
    expect(await prober.probe(setOf(updates.slice(0, 1)))).toEqual({ kind: 'blocked' });
  });

  test('is too large where it is so with what is sent along', async () => {
    const description = 'x'.repeat(700);
    const { prober } = scene({
      answers: () => success(),
      lists: () => listOf([1, 2].map((n) => ({ guid: guid(n), title: 'old', description }))),
      limits: { maxBytesPerCall: 1_024 },
    });
    const finding = await prober.probe(setOf([update(1), update(2)], { isChecked: false }));
    expect(finding.kind).toBe('tooLarge');
  });
});
