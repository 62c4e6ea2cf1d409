import type { Disorder, Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { WorldKind } from './world-kind.ts';

const FAILURES: readonly (readonly [name: string, how: Disorder])[] = [
  ['500', 'serverError'],
  ['hang', 'hangs'],
  ['reset', 'reset'],
  ['403', 'forbidden'],
];

function stream(events: number, until: number): Stream {
  return { name: 'good', prefix: '900d0005', events, from: 0, until };
}

/** Up for a while, down for a while: so it is known that updates were taken before. */
function outage(how: Disorder, from: number, until: number, looksToo = true): Disturbance {
  return { how, from, until, looksToo };
}

export const OUTAGE: WorldKind = {
  name: 'outage',
  about: 'every call fails for a while, after some went well',
  variants: FAILURES.map(([name, how]) => ({
    name,
    scenario: fullSize({
      streams: [stream(3_600, HOUR)],
      disturbances: [outage(how, 5 * MINUTE, HOUR)],
    }),
    bounds: { applied: ['good'], recoveryMinutes: 20, leanRecovery: true },
  })),
  small: (usual, random) => {
    const until = random.between(5, 40) * MINUTE;
    const [, how] = random.pick(FAILURES);
    return smallSize(usual, {
      streams: [stream(random.integer(5, 60), until)],
      disturbances: [outage(how, 0.2 * until, until, random.chance(0.6))],
    });
  },
};
