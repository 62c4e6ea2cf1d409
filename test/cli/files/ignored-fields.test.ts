import { describe, expect, test } from '@jest/globals';
import { IgnoredFields } from '../../../cli/files/ignored-fields.ts';
import { guid } from '../../helpers/records.ts';

const image = { guid: guid(1), title: 'A' };

function countsOf(...events: readonly object[]) {
  const ignored = new IgnoredFields();
  for (const event of events) ignored.count(JSON.stringify(event));
  return ignored.counts;
}

describe('the fields that are ignored', () => {
  test('are counted over all events, the most frequent first', () => {
    const counts = countsOf({ ...image, sku: 1, tags: [] }, { ...image, sku: 2 }, image);
    expect(Object.entries(counts)).toEqual([
      ['sku', 2],
      ['tags', 1],
    ]);
  });

  test('are told apart by where they stand, also inside an envelope', () => {
    const data = {
      images: [
        { ...image, id: 1 },
        { ...image, id: 2 },
      ],
      id: 'an event',
      title: 'b',
    };
    const event = { specversion: '1.0', id: '1', source: '/', type: 't', subject: 'a', data };
    expect(countsOf(event)).toEqual({ 'images[].id': 2, title: 1 });
  });

  test('are none where every field is one of the contract', () => {
    const facts = { id: 'a', source: 'b', time: null, force: true, removeVirtualInventory: false };
    expect(countsOf({ ...facts, account_key: 'a', ...image, description: null })).toEqual({});
  });

  test('are bounded, and those beyond are counted together', () => {
    const events = Array.from({ length: 150 }, (_, n) => ({ ...image, [`field ${n}`]: n }));
    const counts = countsOf(...events);
    expect(Object.keys(counts)).toHaveLength(101);
    expect(counts['…']).toBe(50);
  });
});
