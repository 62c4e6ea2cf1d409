import { describe, expect, test } from '@jest/globals';
import { rememberEvidence } from '../../../lambda/evidence/memory-evidence.ts';
import { CallSize } from '../../../lambda/verification/call-size.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ALL = Number.POSITIVE_INFINITY;

describe('the size of calls', () => {
  test('is that of the settings as long as nothing speaks against it', () => {
    const size = new CallSize();
    expect([size.most(0), size.imagesPerCall(50), size.isTrial(50)]).toEqual([ALL, 50, false]);
  });

  test('is half of a call of which a part was taken, and one at least', () => {
    const size = new CallSize();
    size.tookPart(50, 0);
    expect(size.most(1)).toBe(25);
    size.tookPart(25, 0);
    expect(size.most(1)).toBe(12);
    size.tookPart(1, 0);
    expect(size.most(1)).toBe(1);
  });

  test('is not made larger by what a larger call did not take', () => {
    const size = new CallSize();
    size.tookPart(10, 0);
    size.tookPart(50, 1);
    expect(size.most(2)).toBe(5);
  });

  test('is tried twice as large an hour after the last change, and doubles where that is taken', () => {
    const size = new CallSize();
    size.tookPart(20, 0);
    expect(size.most(HOUR - 1)).toBe(10);
    expect(size.most(HOUR)).toBe(20);
    expect([size.isTrial(10), size.isTrial(11)]).toEqual([false, true]);
    size.tookAll(10, 50, HOUR);
    expect(size.most(HOUR)).toBe(20);
    expect(size.imagesPerCall(50)).toBe(10);
    size.tookAll(11, 50, HOUR);
    expect(size.most(HOUR)).toBe(20);
    expect(size.imagesPerCall(50)).toBe(20);
    expect(size.most(2 * HOUR)).toBe(40);
  });

  test('holds for another hour where a larger call says nothing, or is not taken', () => {
    const size = new CallSize();
    size.tookPart(20, 0);
    size.hold(10, HOUR);
    expect(size.most(HOUR)).toBe(20);
    size.hold(20, HOUR);
    expect(size.most(HOUR)).toBe(10);
    size.tookPart(20, 2 * HOUR);
    expect(size.most(2 * HOUR)).toBe(10);
  });

  test('is that of the settings again once it has grown to it', () => {
    const size = new CallSize();
    size.tookPart(50, 0);
    size.tookAll(50, 50, HOUR);
    expect([size.imagesPerCall(50), size.isTrial(50)]).toEqual([50, false]);
    // Also where the setting is larger later.
    expect([size.imagesPerCall(500), size.isTrial(500)]).toEqual([500, false]);
  });

  test('is shared, and learned of once a minute', async () => {
    const evidence = rememberEvidence();
    const [one, other] = [new CallSize(), new CallSize()];
    await other.refresh(evidence, 0);
    one.tookPart(50, 0);
    await one.share(evidence);
    await other.refresh(evidence, MINUTE - 1);
    expect(other.most(MINUTE)).toBe(ALL);
    await other.refresh(evidence, MINUTE);
    expect(other.most(MINUTE)).toBe(25);
  });

  test('is shared once by who found it, and not by who learned of it', async () => {
    const evidence = rememberEvidence();
    let saved = 0;
    const counting = {
      ...evidence,
      saveCallSize: async (...given: Parameters<typeof evidence.saveCallSize>) => {
        saved += 1;
        return evidence.saveCallSize(...given);
      },
    };
    const [one, other] = [new CallSize(), new CallSize()];
    one.tookPart(50, 0);
    await one.share(counting);
    await one.share(counting);
    await other.refresh(counting, 0);
    await other.share(counting);
    expect(saved).toBe(1);
  });

  test('is what was found last, here or elsewhere', async () => {
    const size = new CallSize();
    size.tookPart(10, 2);
    await size.share(rememberEvidence());
    const evidence = rememberEvidence();
    await evidence.saveCallSize({ images: 25, at: 1 });
    await size.refresh(evidence, MINUTE);
    expect(size.most(MINUTE)).toBe(5);
    await evidence.saveCallSize({ images: 25, at: 3 });
    await size.refresh(evidence, 2 * MINUTE);
    expect(size.most(2 * MINUTE)).toBe(25);
  });

  test('that is newer here is not given up for an older one', async () => {
    const evidence = rememberEvidence();
    await evidence.saveCallSize({ images: 25, at: 1 });
    const size = new CallSize();
    size.tookPart(10, 2);
    await size.share({ ...evidence, saveCallSize: async () => Promise.reject(new Error()) });
    await size.refresh(evidence, MINUTE);
    expect(size.most(3)).toBe(5);
    await size.share(evidence);
    expect(await evidence.loadCallSize()).toEqual({ images: 5, at: 2 });
  });

  test('is as it was where the table can not be read', async () => {
    const size = new CallSize();
    size.tookPart(10, 0);
    const evidence = rememberEvidence();
    await size.share(evidence);
    const broken = { ...evidence, loadCallSize: async () => Promise.reject(new Error()) };
    await size.refresh(broken, 1);
    expect(size.most(1)).toBe(5);
  });
});
