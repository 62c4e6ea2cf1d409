import type { Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

/** How long calls are throttled, and how long not, in milliseconds. */
const THROTTLED = 3_000;
const FREE = 4_000;

function stream(events: number): Stream {
  return { name: 'good', prefix: '900d0019', events, from: 0, until: 0 };
}

function bursts(until: number): Disturbance[] {
  const count = Math.ceil(until / (THROTTLED + FREE));
  return Array.from({ length: count }, (_, n) => {
    const from = n * (THROTTLED + FREE);
    return { how: 'throttled', from, until: from + THROTTLED, listsToo: true };
  });
}

export const THROTTLED_NOW_AND_THEN: WorldKind = {
  name: 'throttled-now-and-then',
  about: 'FinerWorks throttles for a few seconds again and again, without saying for how long',
  variants: [
    {
      name: 'backlog-2000',
      scenario: fullSize({ streams: [stream(2_000)], disturbances: bursts(30 * MINUTE) }),
      // Throttling says nothing about images: none is sent alone because of it.
      bounds: { applied: ['good'], withinMinutes: { good: 15 } },
    },
  ],
  small: (usual, random) =>
    smallSize(usual, {
      streams: [stream(random.integer(1, 100))],
      disturbances: bursts(random.between(1, 10) * MINUTE),
    }),
};
