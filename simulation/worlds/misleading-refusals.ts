import { BAD_GUID } from '../producer/images.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

function streams(good: number, bad: number): Stream[] {
  return [
    { name: 'bad', prefix: BAD_GUID, events: bad, from: 0, until: 0 },
    { name: 'good', prefix: '900d0004', events: good, from: 0, until: 0 },
  ];
}

function world(refusals: 'mute' | 'namesFirst') {
  // One sandbox at work, so that all are in one call.
  return fullSize({
    streams: streams(44, 6),
    finerworks: { refusals },
    settings: { maxConcurrency: 1 },
  });
}

export const MISLEADING_REFUSALS: WorldKind = {
  name: 'misleading-refusals',
  about: 'a refusal names only the first of several bad images',
  variants: [
    {
      name: '6-of-50',
      scenario: world('namesFirst'),
      baseline: world('mute'),
      bounds: {
        applied: ['good'],
        // No worse than an answer that names none, but for chance.
        timesUndisturbed: { good: 1.25 },
        deadLettered: { bad: { reason: 'Refused', withinMinutes: 30 } },
        timesUpdates: 1,
      },
    },
  ],
  small: (usual, random) =>
    smallSize(usual, {
      streams: streams(random.integer(1, 50), random.integer(2, 8)),
      finerworks: { ...usual.finerworks, refusals: 'namesFirst' },
    }),
};
