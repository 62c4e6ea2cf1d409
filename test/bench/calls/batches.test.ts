import { expect, test } from '@jest/globals';
import { Batches } from '../../../bench/calls/batches.ts';
import { guidOf, recordOf } from '../../../bench/records.ts';

/** Ends a batch of events, each of an image and a title. */
function end(batches: Batches, events: readonly (readonly [image: number, title: string])[]) {
  for (const [at, [image, title]] of events.entries()) {
    const time = new Date(Date.UTC(2026, 0, 1) + at).toISOString();
    batches.listeners.onDeleted?.(recordOf(at, { guid: guidOf(image), title, time }));
  }
  batches.listeners.onReturned?.([], '');
}

test('a batch allows a call for each 50 images that it changes', () => {
  const batches = new Batches();
  end(
    batches,
    Array.from({ length: 51 }, (_, image) => [image, 'new']),
  );
  expect(batches.fewestCalls).toBe(2);
});

test('a batch that changes nothing allows none', () => {
  const batches = new Batches();
  end(batches, [[1, 'a']]);
  end(batches, [
    [1, 'a'],
    [1, 'a'],
  ]);
  end(batches, []);
  expect(batches.fewestCalls).toBe(1);
});

test('each batch needs a call of its own for what it changes', () => {
  const batches = new Batches();
  end(batches, [[1, 'a']]);
  end(batches, [[2, 'a']]);
  expect(batches.fewestCalls).toBe(2);
});
