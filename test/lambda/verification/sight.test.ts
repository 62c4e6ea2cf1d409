import { describe, expect, test } from '@jest/globals';
import { eventTimeOf } from '../../../lambda/contract/event-time.ts';
import { hashOf } from '../../../lambda/images/hash.ts';
import type { Mark } from '../../../lambda/ledger/item.ts';
import { Rewriting } from '../../../lambda/verification/rewriting.ts';
import { sightOf } from '../../../lambda/verification/sight.ts';

const mark = (value: string, stored?: string): Mark => ({
  order: { time: eventTimeOf(0), sentAt: 0, id: 'e' },
  hash: hashOf(value),
  ...(stored !== undefined && { storedHash: hashOf(stored) }),
  at: 0,
  messageId: 'm',
});
const see = (shown: string, parts: { before?: string; mark?: Mark } = {}) =>
  sightOf({ sent: 'new', before: 'old', mark: undefined, shown, ...parts }, new Rewriting());

describe('a text that is shown', () => {
  test('as it was sent is taken, whatever was there before', () => {
    expect([see('new'), see('new', { before: 'new' })]).toEqual(['taken', 'taken']);
  });

  test('as it was is as before', () => {
    expect(see('old')).toBe('before');
  });

  test('as the ledger knows it from before the list is as before', () => {
    expect(see('between', { mark: mark('between') })).toBe('before');
    expect(see('stored', { mark: mark('between', 'stored') })).toBe('before');
  });

  test('as what FinerWorks makes of it is rewritten, even where it was that before', () => {
    expect(see(' new ')).toBe('rewritten');
    expect(see('new.', { before: 'new.', mark: mark('new', 'new.') })).toBe('rewritten');
  });

  test('as neither is strange', () => {
    expect(see('other', { mark: mark('old') })).toBe('strange');
  });
});
