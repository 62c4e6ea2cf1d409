import { expect, test } from '@jest/globals';
import { EventSearch } from '../../../cli/trail/event-search.ts';
import { shortened } from '../../../lambda/records/origin.ts';
import { trailRecord } from '../../helpers/trail.ts';

/** An event that was unreadable, corrected and redriven, newest first as it is read. */
const STORY = [
  trailRecord({
    messageId: 'third',
    id: 'order',
    origin: { messageId: 'first', sentAt: 1_000_000 },
  }),
  trailRecord({ messageId: 'unrelated', origin: { messageId: 'elsewhere', sentAt: 5 } }),
  trailRecord({
    messageId: 'second',
    id: 'order',
    origin: { messageId: 'first', sentAt: 1_000_000 },
  }),
  trailRecord({ messageId: 'first', verdict: 'dead-lettered', letterId: 'letter' }),
  trailRecord({ messageId: 'neighbour', id: 'other order' }),
];

test.each(['order', 'first', 'second', 'third', 'letter'])('an event is found by %s', (name) => {
  const search = new EventSearch(name);
  for (const one of STORY) search.take(one);
  const messages = search.found.map(({ messageId }) => messageId);
  expect(messages.toSorted()).toEqual(['first', 'second', 'third']);
});

test('a message and a letter are found by the beginning that lists show', () => {
  const [messageId, letterId] = [
    '7d5b5f0a-0000-4000-8000-000000000001',
    '65eb572f-0000-4000-8000-2',
  ];
  for (const name of ['7d5b5f0a', '65eb572f']) {
    const search = new EventSearch(name);
    search.take(trailRecord({ messageId, letterId, verdict: 'dead-lettered' }));
    search.take(trailRecord({ messageId: 'another', id: `${name}1` }));
    expect(search.found.map((found) => found.messageId)).toEqual([messageId]);
  }
});

test('a long id is found as it is kept', () => {
  const id = 'x'.repeat(500);
  const search = new EventSearch(id);
  search.take(trailRecord({ id: shortened(id) }));
  expect(search.found).toHaveLength(1);
});

test('it is enough once the hours before its first sending begin', () => {
  const search = new EventSearch('order');
  expect(search.isEnough(0)).toBe(false);
  for (const one of STORY) search.take(one);
  expect(search.isEnough(1_000_000)).toBe(false);
  expect(search.isEnough(1_000_000 - 300_001)).toBe(true);
});
