import type { Stream } from '../producer/stream.ts';
import type { ListHabits } from '../scenario.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

function stream(events: number): Stream {
  return {
    name: 'protected',
    prefix: '5c000000',
    events,
    from: 0,
    until: 0,
    inventory: 'products',
  };
}

function variantOf(name: string, lists: ListHabits): Variant {
  return {
    name,
    scenario: fullSize({
      streams: [stream(50)],
      finerworks: { lists },
      healedAt: lists.until,
      // One sandbox at work, so that all are in one list.
      settings: { maxConcurrency: 1 },
    }),
    bounds: { deadLettered: { protected: { reason: 'WouldRemoveInventory' } } },
  };
}

export const PARTIAL_LIST: WorldKind = {
  name: 'partial-list',
  about: 'list_images leaves out images that have products, or shows an image twice',
  variants: [
    variantOf('20-of-50', { until: HOUR, perPage: 20 }),
    variantOf('twice', { until: HOUR, repeats: true }),
  ],
  small: (usual, random) => {
    const until = random.between(2, 30) * MINUTE;
    const habit = random.pick([{ perPage: random.integer(1, 4) }, { repeats: true }]);
    return smallSize(usual, {
      streams: [stream(random.integer(2, 50))],
      finerworks: { ...usual.finerworks, lists: { until, ...habit } },
    });
  },
};
