import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

/** @param until when the last events are sent, and when the account recovers */
function streams(refused: number, healthy: number, until: number): Stream[] {
  return [
    { name: 'refused', prefix: '5e500001', events: refused, from: 0, until, accounts: ['sick'] },
    { name: 'healthy', prefix: '0ea10001', events: healthy, from: 0, until, accounts: ['well'] },
  ];
}

function disturbances(until: number) {
  return [{ how: 'refused', from: 0, until, looksToo: false, account: 'sick' }] as const;
}

export const SYSTEMIC_REFUSAL_OF_ONE_ACCOUNT: WorldKind = {
  name: 'systemic-refusal-of-one-account',
  about: 'every update of one account is refused for a while, beside an account that is well',
  variants: [
    {
      name: 'an-hour',
      scenario: fullSize({
        streams: streams(2_500, 3_600, HOUR),
        disturbances: disturbances(HOUR),
      }),
      bounds: {
        applied: ['refused', 'healthy'],
        timesUndisturbed: { healthy: 2 },
        recoveryMinutes: 20,
      },
    },
  ],
  small: (usual, random) => {
    const until = random.between(5, 30) * MINUTE;
    return smallSize(usual, {
      streams: streams(random.integer(1, 30), random.integer(5, 30), until),
      disturbances: disturbances(until),
    });
  },
};
