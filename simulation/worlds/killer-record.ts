import type { Stream } from '../producer/stream.ts';
import { fullSize } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

const PREFIX = 'dead0000';

function streams(neighbours: number): Stream[] {
  return [
    { name: 'neighbours', prefix: '900d0002', events: neighbours, from: 0, until: 0 },
    { name: 'killer', prefix: PREFIX, events: 1, from: 0, until: 0 },
  ];
}

function variantOf(when: 'reading' | 'calling'): Variant {
  return {
    name: when,
    // One sandbox at work, so that all are in one batch.
    scenario: fullSize({
      streams: streams(499),
      killer: { prefix: PREFIX, when },
      settings: { maxConcurrency: 1 },
    }),
    bounds: {
      applied: ['neighbours'],
      withinMinutes: { neighbours: 40 },
      buried: { killer: { reason: 'RetriesExhausted', lastReasons: ['Crashed'] } },
    },
  };
}

export const KILLER_RECORD: WorldKind = {
  name: 'killer-record',
  about: 'one record of a batch ends the process that touches it',
  variants: [variantOf('reading'), variantOf('calling')],
  small: (usual, random) =>
    smallSize(usual, {
      streams: streams(random.integer(1, 40)),
      killer: { prefix: PREFIX, when: random.pick(['reading', 'calling']) },
    }),
};
