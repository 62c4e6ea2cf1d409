import { describe, expect, test } from '@jest/globals';
import { ImageTroubles } from '../../../lambda/evidence/image-troubles.ts';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import type { Change } from '../../../lambda/images/change.ts';
import { isProven, RefusedImages } from '../../../lambda/isolation/refused-images.ts';
import { Lanes } from '../../../lambda/lanes/lanes.ts';
import { newMemory, update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';
import { virtualTime } from '../../helpers/virtual-time.ts';

const NOW = 1_000_000_000;
const ANSWER = { detail: 'no', http: { status: 400, excerpt: '{}' } };

/** The refusals of one invocation of a sandbox. */
function scene(troubles = new ImageTroubles(), memory = newMemory(virtualTime())) {
  const lanes = new Lanes(memory, rememberEvidence());
  const refused = new RefusedImages(5, troubles);
  const lane = lanes.of(null);
  const refuse = (n: number, at: number, parts: Partial<Change> = {}, since?: number) => {
    const one = update(n, parts);
    refused.add(one, lane, ANSWER, at, since);
    return stateOf(n, parts);
  };
  /** What is known of an image's values by now. */
  const stateOf = (n: number, parts: Partial<Change> = {}) => {
    const refusal = refused.of(update(n, parts));
    return refusal && { ...refusal, isProven: isProven(refusal) };
  };
  return { refused, stateOf, lane, lanes, troubles, memory, refuse };
}

describe('a refusal', () => {
  test('is of an account, an image and its values', () => {
    const { refused, refuse } = scene();
    refuse(1, NOW, { description: 'd' });
    expect(refused.of(update(1, { description: 'd' }))).toBeDefined();
    for (const parts of [{}, { description: 'e' }, { account: 'a', description: 'd' }]) {
      expect(refused.of(update(1, parts))).toBeUndefined();
    }
    expect(refused.of(update(1, { title: 'other', description: 'd' }))).toBeUndefined();
  });

  test('says what a dead letter will say', () => {
    const { refuse, refused, lane } = scene();
    const rejected = { kind: 'rejected', reason: 'Refused', detail: 'no', guids: [guid(1)] };
    expect(refuse(1, NOW)?.rejected).toEqual({ ...rejected, http: ANSWER.http });
    refused.add(update(1), lane, { detail: 'no' }, NOW);
    expect(refused.of(update(1))?.rejected).toStrictEqual(rejected);
  });

  test('is proven once something went through after the first one, and it came again', () => {
    const { refuse, lane } = scene();
    expect(refuse(1, NOW)).toMatchObject({ since: NOW, isProven: false });
    lane.health.confirmed(NOW);
    expect(refuse(1, NOW + 1)).toMatchObject({ isProven: false });
    lane.health.confirmed(NOW + 1);
    expect(refuse(1, NOW + 2)).toMatchObject({ since: NOW, isProven: true });
  });

  test('is proven by a success between the two refusals that another sandbox saw, once that is known', () => {
    const { refuse, stateOf, lane } = scene();
    refuse(1, NOW);
    refuse(1, NOW + 9);
    lane.health.learn({ lastSuccessAt: NOW + 5, refusedSince: [] });
    expect(stateOf(1)).toMatchObject({ isProven: true });
  });

  test('is not proven by a success after the last of its refusals, or before the first', () => {
    const { refuse, stateOf, lane } = scene();
    lane.health.confirmed(NOW);
    refuse(1, NOW);
    refuse(1, NOW + 9);
    expect(stateOf(1)).toMatchObject({ isProven: false });
    lane.health.confirmed(NOW + 10);
    expect(stateOf(1)).toMatchObject({ isProven: false });
  });

  test('stays proven whatever goes through later', () => {
    const { refuse, stateOf, lane } = scene();
    refuse(1, NOW);
    lane.health.confirmed(NOW + 1);
    refuse(1, NOW + 2);
    lane.health.confirmed(NOW + 3);
    expect(stateOf(1)).toMatchObject({ isProven: true });
  });

  test('counts from the refusal of a set whose other images were all taken since', () => {
    const { refuse, lane } = scene();
    lane.health.confirmed(NOW + 1);
    expect(refuse(1, NOW + 2, {}, NOW)).toMatchObject({ since: NOW, isProven: true });
  });

  test('is remembered from one invocation to the next, as long as the values are the same', () => {
    const before = scene();
    before.refuse(1, NOW);
    before.refuse(2, NOW);
    const { troubles, memory } = before;
    const { refuse, lane } = scene(troubles, memory);
    lane.health.confirmed(NOW + 1);
    expect(refuse(1, NOW + 2)).toMatchObject({ since: NOW, isProven: true });
    expect(refuse(2, NOW + 2, { title: 'other' })).toMatchObject({
      since: NOW + 2,
      isProven: false,
    });
  });

  test('leaves what else is known of its image', () => {
    const { refuse, troubles } = scene();
    const failing = { reason: 'Timeout', detail: '', failures: 1, at: NOW } as const;
    troubles.set(guid(1), { failing });
    refuse(1, NOW);
    expect(troubles.of(guid(1))).toMatchObject({ failing, refused: { since: NOW } });
  });

  test('is forgotten where its values were taken after all, and with the invocation', () => {
    const { refuse, refused } = scene();
    refuse(1, NOW);
    refuse(2, NOW);
    refused.delete(update(1));
    expect(refused.of(update(1))).toBeUndefined();
    refused.clear();
    expect(refused.of(update(2))).toBeUndefined();
  });

  test('is told of its lane', () => {
    const { refuse, refused, lane, lanes } = scene();
    refuse(1, NOW);
    refused.add(update(2, { account: 'a' }), lanes.of('a'), ANSWER, NOW);
    expect([...refused.lanes]).toEqual([lane, lanes.of('a')]);
    expect(refused.ofLane(lane).map((refusal) => refusal.update.guid)).toEqual([guid(1)]);
  });
});

describe('a refusal of everything', () => {
  test('is five images of two messages', () => {
    const { refuse, refused, lane } = scene();
    for (let n = 1; n <= 4; n += 1) refuse(n, NOW, { messageId: 'one' });
    expect([refused.isSystemic(lane, NOW), refused.areFew(lane, NOW)]).toEqual([false, true]);
    refuse(5, NOW, { messageId: 'one' });
    expect([refused.isSystemic(lane, NOW), refused.areFew(lane, NOW)]).toEqual([false, false]);
    refuse(6, NOW, { messageId: 'another' });
    expect(refused.isSystemic(lane, NOW)).toBe(true);
  });

  test('is none of four images, of however many messages', () => {
    const { refuse, refused, lane } = scene();
    for (let n = 1; n <= 4; n += 1) refuse(n, NOW);
    expect(refused.isSystemic(lane, NOW)).toBe(false);
    refuse(5, NOW);
    expect(refused.isSystemic(lane, NOW)).toBe(true);
  });

  test('is none of another account', () => {
    const { refuse, refused, lanes } = scene();
    for (let n = 1; n <= 6; n += 1) refuse(n, NOW);
    expect(refused.isSystemic(lanes.of('a'), NOW)).toBe(false);
  });

  test('counts images that other invocations saw, but needs two messages here', () => {
    const before = scene();
    for (let n = 1; n <= 5; n += 1) before.refuse(n, NOW);
    const { refuse, refused, lane } = scene(before.troubles, before.memory);
    refuse(6, NOW);
    expect(refused.isSystemic(lane, NOW)).toBe(false);
    refuse(7, NOW);
    expect(refused.isSystemic(lane, NOW)).toBe(true);
  });

  test('does not count images that are to blame', () => {
    const { refuse, refused, lane } = scene();
    for (let n = 1; n <= 2; n += 1) refuse(n, NOW);
    lane.health.confirmed(NOW + 1);
    for (let n = 1; n <= 2; n += 1) refuse(n, NOW + 2);
    expect(lane.health.refusedImages(NOW)).toBe(0);
    for (let n = 3; n <= 7; n += 1) refuse(n, NOW + 3, { messageId: 'one' });
    expect(refused.isSystemic(lane, NOW)).toBe(false);
  });
});
