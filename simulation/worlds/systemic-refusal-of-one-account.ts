import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Bounds, WorldKind } from './world-kind.ts';

/** @param refusedUntil when the last events of the account are sent that is refused */
function streams(
  refused: number,
  healthy: number,
  until: number,
  refusedUntil: number = until,
): Stream[] {
  return [
    {
      name: 'refused',
      prefix: '5e500001',
      events: refused,
      from: 0,
      until: refusedUntil,
      accounts: ['sick'],
    },
    { name: 'healthy', prefix: '0ea10001', events: healthy, from: 0, until, accounts: ['well'] },
  ];
}

function disturbances(until: number) {
  return [{ how: 'refused', from: 0, until, listsToo: false, account: 'sick' }] as const;
}

function world(refused: number, healthy: number, refusedUntil: number) {
  return fullSize({
    streams: streams(refused, healthy, HOUR, refusedUntil),
    disturbances: disturbances(HOUR),
  });
}

const BOUNDS: Bounds = {
  applied: ['refused', 'healthy'],
  timesUndisturbed: { healthy: 2 },
  recoveryMinutes: 20,
};

export const SYSTEMIC_REFUSAL_OF_ONE_ACCOUNT: WorldKind = {
  name: 'systemic-refusal-of-one-account',
  about: 'every update of one account is refused for a while, beside an account that is well',
  variants: [
    { name: 'an-hour', scenario: world(2_500, 3_600, HOUR), bounds: BOUNDS },
    { name: 'backlog', scenario: world(2_500, 3_600, 0), bounds: BOUNDS },
    { name: 'backlog-25', scenario: world(25, 60, 0), bounds: BOUNDS },
  ],
  small: (usual, random) => {
    const until = random.between(5, 30) * MINUTE;
    return smallSize(usual, {
      streams: streams(random.integer(1, 30), random.integer(5, 30), until),
      disturbances: disturbances(until),
    });
  },
};
