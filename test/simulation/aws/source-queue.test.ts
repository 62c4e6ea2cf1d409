import { expect, test } from '@jest/globals';
import { SourceQueue } from '../../../simulation/aws/source-queue.ts';
import { SeededRandom } from '../../../simulation/world/random.ts';
import { producedEvent } from '../../helpers/produced-events.ts';

const HOUR = 3_600_000;

/** A queue without liberties, and the clock that it goes by. */
function queueWith({ maxReceiveCount = 10 }: { maxReceiveCount?: number } = {}) {
  const clock = { now: 0 };
  const expired: string[] = [];
  const moved: string[] = [];
  const queue = new SourceQueue(
    () => clock.now,
    new SeededRandom('queue'),
    { maxReceiveCount, visibilityTimeout: HOUR, retention: 24 * HOUR },
    {
      duplicates: () => 0,
      ghosts: () => 0,
      onMoved: ({ event }) => moved.push(event.name),
      onExpired: ({ event }) => expired.push(event.name),
    },
  );
  return { queue, clock, expired, moved };
}

test('a message is hidden while it is in flight, and comes back when its time is over', () => {
  const { queue, clock } = queueWith();
  queue.send(producedEvent('e1'));
  expect(queue.receive(10).map(({ receives }) => receives)).toEqual([1]);
  expect(queue.receive(10)).toEqual([]);
  expect(queue.nextVisibleAt).toBe(HOUR);
  clock.now = HOUR;
  expect(queue.receive(10).map(({ receives }) => receives)).toEqual([2]);
});

test('a message keeps the moment of its first receive', () => {
  const { queue, clock } = queueWith();
  queue.send(producedEvent('e1'));
  clock.now = 5;
  queue.receive(10);
  clock.now = 2 * HOUR;
  expect(queue.receive(10)).toMatchObject([{ firstReceivedAt: 5, receivedAt: 2 * HOUR }]);
});

test('what outlives the retention is gone, hidden or not', () => {
  const { queue, clock, expired } = queueWith();
  queue.send(producedEvent('e1'));
  queue.receive(10);
  clock.now = 24 * HOUR;
  expect(queue.receive(10)).toEqual([]);
  expect(queue.isEmpty).toBe(true);
  expect(expired).toEqual(['e1']);
});

test('a message is moved in the place of one receive too many', () => {
  const { queue, clock, moved } = queueWith({ maxReceiveCount: 1 });
  queue.send(producedEvent('e1'));
  queue.receive(10);
  clock.now = HOUR;
  expect(queue.receive(10)).toEqual([]);
  expect(moved).toEqual(['e1']);
});

test('visibility that is changed counts from then on', () => {
  const { queue, clock } = queueWith();
  queue.send(producedEvent('e1'));
  const [received] = queue.receive(10);
  clock.now = 1_000;
  expect(queue.changeVisibility(received?.handle ?? '', 30_000)).toBe(true);
  expect(queue.nextVisibleAt).toBe(31_000);
});

test('a deletion says whether the queue did it', () => {
  const { queue } = queueWith();
  queue.send(producedEvent('e1'));
  const [received] = queue.receive(10);
  expect(queue.delete('unknown')).toBe(false);
  expect(queue.delete(received?.handle ?? '')).toBe(true);
  expect(queue.isEmpty).toBe(true);
});

test('a poller that waits learns of the next message', async () => {
  const { queue } = queueWith();
  const { sent } = queue;
  queue.send(producedEvent('e1'));
  await expect(sent).resolves.toBeUndefined();
});
