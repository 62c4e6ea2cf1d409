import type { Stream } from '../producer/stream.ts';
import type { ApiHabits } from '../scenario.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

const READING: ApiHabits['reading'] = { names: ['trim-texts'], listLag: 0 };

/** Each text is stored as the one before was. */
function stream(events: number, until: number): Stream {
  return {
    ...{ name: 'good', prefix: '7e870001', events, from: 0, until, images: 3 },
    ...{ texts: ['A', ' A', 'A '], inventory: 'listed' },
  };
}

export const REWRITTEN_TEXTS: WorldKind = {
  name: 'rewritten-texts',
  about: 'FinerWorks stores texts without their blanks, so that some updates change nothing there',
  variants: [
    {
      name: 'trimmed',
      scenario: fullSize({
        // What never seems to be taken is given up soon, and not after two days of receives.
        settings: { verify: 'all', retryHours: 1 },
        streams: [stream(60, HOUR)],
        finerworks: { reading: READING },
      }),
      bounds: { applied: ['good'], withinMinutes: { good: 5 } },
    },
  ],
  small: (usual, random) =>
    smallSize(usual, {
      streams: [stream(random.integer(3, 20), random.between(1, 20) * MINUTE)],
      finerworks: { ...usual.finerworks, reading: READING },
    }),
};
