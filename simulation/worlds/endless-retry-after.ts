import type { Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { DAY, fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

function stream(events: number): Stream {
  return { name: 'good', prefix: '900d0003', events, from: 0, until: 0 };
}

function throttling(retryAfterSeconds: number, until: number): Disturbance {
  return { how: 'throttled', from: 0, until, listsToo: true, retryAfterSeconds };
}

export const ENDLESS_RETRY_AFTER: WorldKind = {
  name: 'endless-retry-after',
  about: 'FinerWorks asks to wait for decades, or for an hour again and again',
  variants: [
    {
      name: 'decades',
      scenario: fullSize({
        streams: [stream(20)],
        disturbances: [throttling(1_000_000_000, 10 * MINUTE)],
      }),
      // An hour, which is the most that is heard, and the time of a pause.
      bounds: { applied: ['good'], withinMinutes: { good: 75 } },
    },
    {
      name: 'an-hour-for-seven-days',
      scenario: fullSize({ streams: [stream(20)], disturbances: [throttling(3_600, 7 * DAY)] }),
      bounds: {
        deadLettered: { good: { reason: 'RetriesExhausted', lastReasons: ['Throttled'] } },
      },
    },
  ],
  small: (usual, random) => {
    const asked = random.pick([1_000_000_000, 86_400, 3_600]);
    const streams = [stream(random.integer(1, 10))];
    const disturbances = [throttling(asked, random.between(0, 3) * HOUR)];
    const world = smallSize(usual, { streams, disturbances });
    if (random.chance(0.6)) return world;
    // Longer than records are tried, or than the queue keeps them.
    const limits = random.pick([{ retryHours: 2 }, { retentionHours: 6 }]);
    const settings = { ...world.settings, ...limits, maxRetryAfterSeconds: 600 };
    return smallSize(
      { ...usual, settings },
      { streams, disturbances: [throttling(asked, 9 * HOUR)] },
    );
  },
};
