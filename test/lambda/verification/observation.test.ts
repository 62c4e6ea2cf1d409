import { describe, expect, test } from '@jest/globals';
import { eventTimeOf } from '../../../lambda/contract/event-time.ts';
import { hashOf } from '../../../lambda/general/hash.ts';
import type { ConfirmedValue, FieldEntry, Unsettled } from '../../../lambda/ledger/item.ts';
import { LIST_LAG } from '../../../lambda/ledger/standing.ts';
import { type ObservedTexts, observe } from '../../../lambda/verification/observation.ts';
import { Rewriting } from '../../../lambda/verification/rewriting.ts';

const order = { time: eventTimeOf(0), sentAt: 0, id: 'e' };
/** Of a value that was confirmed in 1970. */
const confirmed = (value: string, stored?: string): ConfirmedValue => ({
  order,
  hash: hashOf(value),
  ...(stored !== undefined && { storedHash: hashOf(stored) }),
  at: 0,
  messageId: 'm',
});
const sent = (value: string, at = 0, wasStrange = false): Unsettled => ({
  order,
  hash: hashOf(value),
  wasStrange,
  at,
});
const settled = (...given: Parameters<typeof confirmed>): FieldEntry => ({
  settled: confirmed(...given),
  unsettled: [],
  isKnown: true,
});
const undecided = (...unsettled: Unsettled[]): FieldEntry => ({ unsettled, isKnown: false });

/** Long after all that the ledger knows, unless told. */
const see = (shown: string, parts: Partial<ObservedTexts> = {}) => {
  const usual = { sent: 'new', before: 'old', known: undefined, now: LIST_LAG };
  return observe({ ...usual, shown, ...parts }, new Rewriting());
};

describe('a text that is shown', () => {
  test('as it was sent is taken, whatever was there before', () => {
    expect([see('new'), see('new', { before: 'new' })]).toEqual(['taken', 'taken']);
  });

  test('as it was is as before', () => {
    expect(see('old')).toBe('before');
  });

  test('as the ledger knows it from before the list is as before', () => {
    expect(see('between', { known: settled('between') })).toBe('before');
    expect(see('stored', { known: settled('between', 'stored') })).toBe('before');
    expect(see('pending', { known: undecided(sent('pending')) })).toBe('before');
  });

  test('as what FinerWorks makes of it is rewritten, even where it was that before', () => {
    expect(see(' new ')).toBe('rewritten');
    expect(see('new.', { before: 'new.', known: settled('new', 'new.') })).toBe('rewritten');
  });

  test('as it was sent before is not what FinerWorks made of it, while lists may be late', () => {
    const known = undecided(sent('new '));
    expect(see('new ', { known, now: LIST_LAG - 1 })).toBe('before');
    expect(see('new ', { known })).toBe('rewritten');
    expect(see('new ', { known: settled('new '), before: 'new ' })).toBe('rewritten');
  });

  test('as neither is strange', () => {
    expect(see('other', { known: settled('old') })).toBe('strange');
    expect(see('other', { known: settled('old'), now: 0 })).toBe('strange');
  });
});

describe('a text that nobody sent', () => {
  const now = LIST_LAG - 1;

  test('is doubtful while the list before may not have shown what was sent before', () => {
    for (const known of [undecided(sent('A')), settled('A')]) {
      expect(see('other', { known, now })).toBe('doubtful');
      expect(see('other', { known })).toBe('strange');
    }
  });

  test('is doubtful after the invocation sent another text, which is as before', () => {
    expect(see('other', { earlier: 'A' })).toBe('doubtful');
    expect(see('A', { earlier: 'A' })).toBe('before');
    expect(see('other', { earlier: 'new' })).toBe('strange');
  });

  test('is not doubted for an earlier attempt to send the same', () => {
    expect(see('other', { known: undecided(sent('new', now)), now })).toBe('strange');
  });

  test('is rewritten where there was one after an earlier attempt, once there is no doubt', () => {
    const before = 'other';
    const known = undecided(sent('A'), sent('new', now, true));
    expect(see('other', { before, known, now })).toBe('before');
    expect(see('other', { before, known })).toBe('rewritten');
    expect(see('other', { before, known: undecided(sent('A', 0, true)) })).toBe('before');
  });
});
