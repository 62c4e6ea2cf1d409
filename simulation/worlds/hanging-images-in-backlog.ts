import type { Stream } from '../producer/stream.ts';
import { DAY, fullSize, MINUTE, SECOND } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

const PREFIX = 'fa110001';

function streams(good: number, hanging: number): Stream[] {
  return [
    { name: 'good', prefix: '900d0001', events: good, from: 0, until: 0 },
    { name: 'hanging', prefix: PREFIX, events: hanging, from: 0, until: 0 },
  ];
}

function disturbances(until: number) {
  return [{ how: 'hangs', from: 0, until, listsToo: true, prefix: PREFIX }] as const;
}

function variantOf(good: number, hanging: number, minutes: number): Variant {
  return {
    name: `${hanging}-of-${good + hanging}`,
    scenario: fullSize({
      streams: streams(good, hanging),
      disturbances: disturbances(10 * DAY),
      healedAt: SECOND,
    }),
    bounds: {
      applied: ['good'],
      withinMinutes: { good: minutes },
      deadLettered: {
        hanging: { reason: 'RetriesExhausted', lastReasons: ['Timeout', 'InventoryUnknown'] },
      },
    },
  };
}

export const HANGING_IMAGES_IN_BACKLOG: WorldKind = {
  name: 'hanging-images-in-backlog',
  about: 'some images of a backlog make every call hang that contains one of them',
  variants: [variantOf(1_954, 45, 15), variantOf(196, 4, 5)],
  small: (usual, random) =>
    smallSize(usual, {
      streams: streams(random.integer(5, 60), random.integer(1, 4)),
      disturbances: disturbances(random.between(2, 30) * MINUTE),
    }),
};
