import type { Stream } from '../producer/stream.ts';
import { fullSize, MINUTE, NO_TROUBLES, SECOND } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

/** Half of the messages are in the hands of two invocations, and a few receives are all that they have. */
const TWICE = { ...NO_TROUBLES, duplicates: 0.5 };
const FEW_RECEIVES = { maxReceiveCount: 2, maxConcurrency: 4 };

/** What is set again is not sent again, if the ledger knows that it is there. */
function stream(events: number, until: number): Stream {
  return {
    ...{ name: 'good', prefix: '2d0b1e00', events, from: 0, until, images: 12 },
    texts: ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'B'],
  };
}

export const DELIVERED_TWICE: WorldKind = {
  name: 'delivered-twice',
  about:
    'messages are delivered twice at once, so that one invocation gives up what another one sends',
  variants: [
    {
      name: 'few-receives',
      scenario: fullSize({
        settings: { ...FEW_RECEIVES, batchSize: 10, batchingWindowSeconds: 1, verify: 'off' },
        streams: [stream(300, 5 * MINUTE)],
        troubles: TWICE,
        finerworks: { latency: 2 * SECOND, isSteady: false },
      }),
      bounds: {},
    },
  ],
  small: (usual, random) =>
    smallSize(usual, {
      settings: { ...usual.settings, ...FEW_RECEIVES },
      streams: [stream(random.integer(20, 60), MINUTE)],
      troubles: TWICE,
    }),
};
