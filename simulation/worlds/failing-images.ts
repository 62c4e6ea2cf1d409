import type { Disorder, Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { DAY, fullSize, HOUR, MINUTE, SECOND } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

/** How any call fails that contains one of them, and the reason that their dead letters give. */
const FAILURES = [
  ['500', 'serverError', 'ServerError'],
  ['403', 'forbidden', 'Forbidden'],
  ['reset', 'reset', 'Network'],
  ['html', 'page', 'UnreadableAnswer'],
  ['hang', 'hangs', 'Timeout'],
] as const satisfies readonly (readonly [string, Disorder, string])[];

const PREFIX = 'fa110000';
/** The look at the inventory fails as well, and comes first. */
const ASKED_FIRST = 'InventoryUnknown';
/** They fail for as long as any world lasts. */
const FOR_EVER = 10 * DAY;

/** One in a hundred is an image that makes calls fail. */
function streams(good: number, failing: number, until: number): Stream[] {
  return [
    { name: 'good', prefix: '900d0000', events: good, from: 0, until },
    { name: 'failing', prefix: PREFIX, events: failing, from: until / 200, until },
  ];
}

function failing(how: Disorder): Disturbance {
  return { how, from: 0, until: FOR_EVER, listsToo: true, prefix: PREFIX };
}

function variantOf(
  [name, how, lastReason]: (typeof FAILURES)[number],
  hours: number,
  suffix = '',
): Variant {
  const seconds = hours * 3_600;
  return {
    name: `${name}${suffix}`,
    scenario: fullSize({
      streams: streams(0.99 * seconds, 0.01 * seconds, hours * HOUR),
      disturbances: [failing(how)],
      healedAt: hours * HOUR,
    }),
    bounds: {
      applied: ['good'],
      p95Seconds: { good: 60 },
      deadLettered: {
        failing: { reason: 'RetriesExhausted', lastReasons: [lastReason, ASKED_FIRST] },
      },
    },
  };
}

/** They are sent first, and come back again and again while the others are. */
const AT_FIRST: Variant = {
  name: 'hang-at-first',
  scenario: fullSize({
    streams: [
      { name: 'good', prefix: '900d0000', events: 900, from: 0, until: 15 * MINUTE },
      { name: 'failing', prefix: PREFIX, events: 4, from: 5 * SECOND, until: MINUTE },
    ],
    disturbances: [{ ...failing('hangs'), until: 16 * MINUTE }],
  }),
  bounds: { applied: ['good', 'failing'], p95Seconds: { good: 60 } },
};

export const FAILING_IMAGES: WorldKind = {
  name: 'failing-images',
  about: 'any call, looks included, fails that contains one of a few images',
  variants: [
    ...FAILURES.map((failure) => variantOf(failure, 6)),
    variantOf(FAILURES[0], 60, '-for-60-hours'),
    AT_FIRST,
  ],
  small: (usual, random) => {
    const until = random.between(2, 30) * MINUTE;
    const [, how] = random.pick(FAILURES);
    return smallSize(usual, {
      streams: streams(random.integer(5, 60), random.integer(1, 3), random.pick([0, until])),
      disturbances: [{ ...failing(how), until }],
    });
  },
};
