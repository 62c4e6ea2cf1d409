import { BAD_GUID } from '../producer/images.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE, SECOND } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

/** Something that goes through is the evidence against an image that does not. */
const GOOD: Stream = { name: 'good', prefix: '900d0005', events: 240, from: 0, until: 2 * HOUR };
const FRESH: Stream = {
  ...{ name: 'fresh', prefix: 'f5e50000', events: 12, from: 0, until: 110 * MINUTE },
  knownAfter: MINUTE,
};
const UNKNOWN: Stream = { ...FRESH, name: 'bad', prefix: BAD_GUID };

export const JUST_UPLOADED: WorldKind = {
  name: 'just-uploaded',
  about: 'changes that follow the upload of their image at once, before FinerWorks knows it',
  variants: [
    {
      name: 'known-after-a-minute',
      scenario: fullSize({ streams: [FRESH, GOOD] }),
      bounds: { applied: ['fresh', 'good'], withinMinutes: { fresh: 10 } },
    },
    {
      name: 'never-known',
      scenario: fullSize({ streams: [UNKNOWN, GOOD] }),
      bounds: {
        applied: ['good'],
        deadLettered: { bad: { reason: 'Refused', withinMinutes: 30 } },
      },
    },
  ],
  small: (usual, random) => {
    const until = random.between(0, 60) * MINUTE;
    const knownAfter = random.between(5, 200) * SECOND;
    const fresh = { ...FRESH, events: random.integer(1, 5), until, knownAfter };
    const good = { ...GOOD, events: random.integer(5, 40), until };
    const settings = { ...usual.settings, newImageSeconds: 300 };
    const bad = { ...UNKNOWN, events: 1, until };
    return smallSize(usual, { settings, streams: [fresh, good, ...random.some([bad], 0.3)] });
  },
};
