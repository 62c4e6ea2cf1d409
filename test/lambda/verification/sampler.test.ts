import { describe, expect, test } from '@jest/globals';
import { Sampler } from '../../../lambda/verification/sampler.ts';

/** Calls that go through until one is due. */
function passesUntilDue(sampler: Sampler): number {
  for (let passed = 0; ; passed += 1) {
    if (sampler.isDue) return passed;
    sampler.passed();
  }
}

describe('the calls of a sandbox that are verified', () => {
  test('are the first one and one in twenty', () => {
    const sampler = new Sampler();
    expect(sampler.isDue).toBe(true);
    sampler.begun();
    expect(passesUntilDue(sampler)).toBe(19);
    sampler.begun();
    expect(passesUntilDue(sampler)).toBe(19);
  });

  test('are all after one that went badly, until ten in a row went well', () => {
    const sampler = new Sampler();
    sampler.begun();
    sampler.wentBadly();
    for (let well = 0; well < 9; well += 1) sampler.wentWell();
    expect(sampler.isDue).toBe(true);
    sampler.wentBadly();
    for (let well = 0; well < 10; well += 1) {
      expect(sampler.isDue).toBe(true);
      sampler.wentWell();
    }
    expect(sampler.isDue).toBe(false);
  });

  test('are the one after a reading that failed', () => {
    const sampler = new Sampler();
    sampler.begun();
    sampler.unread();
    expect(sampler.isDue).toBe(true);
  });
});
