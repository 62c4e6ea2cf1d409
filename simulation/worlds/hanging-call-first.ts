import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

/** The hanging one is sent before all others, so that its turn comes first. */
function streams(healthy: number, accounts: readonly string[]): Stream[] {
  return [
    { name: 'hanging', prefix: 'fa110003', events: 1, from: 0, until: 0, accounts: ['sick'] },
    { name: 'healthy', prefix: '0ea10004', events: healthy, from: 0, until: 0, accounts },
  ];
}

function disturbances(until: number) {
  return [{ how: 'hangs', from: 0, until, listsToo: true, account: 'sick' }] as const;
}

function variantOf(name: string, accounts: readonly string[]) {
  return {
    name,
    scenario: fullSize({
      streams: streams(20, accounts),
      disturbances: disturbances(HOUR),
      // One sandbox at work, so that all are in one invocation.
      settings: { maxConcurrency: 1 },
    }),
    // The window and one invocation.
    bounds: { applied: ['healthy'], withinMinutes: { healthy: 125 / 60 } },
  };
}

export const HANGING_CALL_FIRST: WorldKind = {
  name: 'hanging-call-first',
  about: 'a call that hangs comes before those of accounts that are well, in one invocation',
  variants: [
    variantOf('one-other-account', ['well']),
    variantOf(
      '20-other-accounts',
      Array.from({ length: 20 }, (_, at) => `well-${at}`),
    ),
  ],
  small: (usual, random) =>
    smallSize(usual, {
      streams: streams(random.integer(1, 20), random.pick([['well'], ['well', 'fine', 'hale']])),
      disturbances: disturbances(random.between(1, 30) * MINUTE),
    }),
};
