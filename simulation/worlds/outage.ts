import type { Disorder, Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

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
function outage(how: Disorder, from: number, until: number, listsToo = true): Disturbance {
  return { how, from, until, listsToo };
}

/** No batch is ever of one image, which is all that a half-open circuit lets through. */
const SEVERAL_AN_EVENT: Variant = {
  name: '500-several-images-an-event',
  scenario: fullSize({
    // What is never tried again is given up soon, and not after two days of receives.
    settings: { retryHours: 1 },
    streams: [{ ...stream(20, 20 * MINUTE), imagesPerEvent: 2 }],
    disturbances: [outage('serverError', 5 * MINUTE, 20 * MINUTE)],
  }),
  bounds: { applied: ['good'], recoveryMinutes: 20 },
};

/** What waits comes in full batches afterwards, so that small calls would be many. */
const BACKLOG: Variant = {
  name: 'hang-with-backlog',
  scenario: fullSize({
    streams: [
      stream(300, 5 * MINUTE),
      { ...stream(2_000, 6 * MINUTE), name: 'backlog', prefix: 'bac40005', from: 6 * MINUTE },
    ],
    disturbances: [outage('hangs', 5 * MINUTE, 20 * MINUTE)],
  }),
  bounds: { applied: ['good', 'backlog'], recoveryMinutes: 20, leanRecovery: true },
};

/** What is set back during the outage was never changed, and at last each image is set back. */
const TEXTS_IN_TURN: Variant = {
  name: '500-texts-in-turn',
  scenario: fullSize({
    streams: [{ ...stream(660, HOUR), images: 60, texts: ['A', 'B'] }],
    disturbances: [outage('serverError', 15 * MINUTE, HOUR)],
  }),
  bounds: { recoveryMinutes: 20 },
};

export const OUTAGE: WorldKind = {
  name: 'outage',
  about: 'every call fails for a while, after some went well',
  variants: [
    ...FAILURES.map(([name, how]) => ({
      name,
      scenario: fullSize({
        streams: [stream(3_600, HOUR)],
        disturbances: [outage(how, 5 * MINUTE, HOUR)],
      }),
      bounds: { applied: ['good'], recoveryMinutes: 20, leanRecovery: true },
    })),
    BACKLOG,
    SEVERAL_AN_EVENT,
    TEXTS_IN_TURN,
  ],
  small: (usual, random) => {
    const until = random.between(5, 40) * MINUTE;
    const [, how] = random.pick(FAILURES);
    return smallSize(usual, {
      streams: [stream(random.integer(5, 60), until)],
      disturbances: [outage(how, 0.2 * until, until, random.chance(0.6))],
    });
  },
};
