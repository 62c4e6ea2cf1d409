import { describe, expect, test } from '@jest/globals';
import { Sampler } from '../../../lambda/verification/sampler.ts';

const IMAGES = 10;

/** Calls that go through until one is due. */
function passesUntilDue(sampler: Sampler): number {
  for (let passed = 0; ; passed += 1) {
    if (sampler.isDueFor(IMAGES)) return passed;
    sampler.passed();
  }
}

describe('the calls of a sandbox that are verified', () => {
  test('are the first one and one in twenty', () => {
    const sampler = new Sampler();
    expect(sampler.isDueFor(IMAGES)).toBe(true);
    sampler.begun(IMAGES);
    expect(passesUntilDue(sampler)).toBe(19);
    sampler.begun(IMAGES);
    expect(passesUntilDue(sampler)).toBe(19);
  });

  test('are all after one that went badly, until ten in a row went well', () => {
    const sampler = new Sampler();
    sampler.begun(IMAGES);
    sampler.wentBadly();
    for (let well = 0; well < 9; well += 1) sampler.wentWell();
    expect(sampler.isDueFor(IMAGES)).toBe(true);
    sampler.wentBadly();
    for (let well = 0; well < 10; well += 1) {
      expect(sampler.isDueFor(IMAGES)).toBe(true);
      sampler.wentWell();
    }
    expect(sampler.isDueFor(IMAGES)).toBe(false);
  });

  test('are those of twice as many images as any that was verified', () => {
    const sampler = new Sampler();
    const sizes = [1, 1, 2, 3, 4, 7, 8, 8, 50, 50];
    const due = sizes.filter((images) => {
      const isDue = sampler.isDueFor(images);
      if (isDue) sampler.begun(images);
      else sampler.passed();
      return isDue;
    });
    expect(due).toEqual([1, 2, 4, 8, 50]);
  });

  test('are the one after a reading that failed', () => {
    const sampler = new Sampler();
    sampler.begun(IMAGES);
    sampler.unread();
    expect(sampler.isDueFor(IMAGES)).toBe(true);
  });
});
