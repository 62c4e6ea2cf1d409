import type { Stream } from '../producer/stream.ts';
import { fullSize, SECOND } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

/** Half of the calls are given up while FinerWorks is still at them. */
const SLOW = { latency: 25 * SECOND, isSteady: false };
const IMPATIENT = { callTimeoutSeconds: 10, maxConcurrency: 20 };
/** From one change of an image to the next: longer than a call is waited for. */
const STEP = 12 * SECOND;

/** Each image is in an account of its own, so that no circuit holds a newer change back. */
function stream(images: number, changes: number): Stream {
  return {
    ...{ name: 'good', prefix: '1a7e0001', events: images * changes, images },
    ...{ from: 0, until: changes * STEP },
    accounts: Array.from({ length: images }, (_, at) => `account-${at}`),
  };
}

export const LATE_EFFECTS: WorldKind = {
  name: 'late-effects',
  about: 'calls take effect after they were given up, while newer changes of the same images come',
  variants: [
    {
      name: 'slow',
      scenario: fullSize({
        settings: {
          ...IMPATIENT,
          ...{ batchSize: 10, batchingWindowSeconds: 1 },
          ...{ verify: 'off', virtualInventory: 'remove' },
        },
        streams: [stream(40, 4)],
        finerworks: SLOW,
      }),
      bounds: { applied: ['good'] },
    },
  ],
  small: (usual, random) =>
    smallSize(usual, {
      settings: { ...usual.settings, ...IMPATIENT },
      streams: [stream(random.integer(5, 10), 4)],
      finerworks: { ...usual.finerworks, ...SLOW },
    }),
};
