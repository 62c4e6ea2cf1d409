import { BAD_TEXT } from '../producer/images.ts';
import type { Stream } from '../producer/stream.ts';
import type { ListHabits, Scenario } from '../scenario.ts';
import { fullSize, HOUR, MINUTE, NO_TROUBLES } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

/** Back and forth between the values, a while apart. */
function stream(
  rounds: number,
  images: number,
  pause: number,
  { force = false, texts = ['A', 'B'] }: Pick<Stream, 'force' | 'texts'> = {},
): Stream {
  return {
    name: 'good',
    prefix: '0ab00000',
    events: rounds * images,
    images,
    from: 0,
    until: rounds * pause,
    texts,
    inventory: 'listed',
    ...(force && { force }),
  };
}

function variantOf(name: string, force: boolean): Variant {
  const lists: ListHabits = { until: 2 * HOUR, lag: 6 * MINUTE };
  return {
    name,
    scenario: fullSize({
      streams: [stream(9, 20, 4 * MINUTE, { force })],
      finerworks: { lists },
      healedAt: lists.until,
    }),
    bounds: { applied: ['good'] },
  };
}

const BACK_AND_FORTH = {};
/** A text that is refused, while lists show what was there before. */
const REFUSED = { texts: ['A', 'B', `${BAD_TEXT} words`] };
/** Some of it is there already. */
const FORCED = { force: true, texts: ['A', 'A', 'B'] };
const HABITS = [BACK_AND_FORTH, BACK_AND_FORTH, FORCED, REFUSED];

/** Nothing else: what the ledger could not learn, it can not hold against a list. */
function withoutTroubles(usual: Scenario): Scenario {
  return { ...usual, troubles: NO_TROUBLES, periods: [], rotations: [] };
}

export const STALE_LIST: WorldKind = {
  name: 'stale-list',
  about: 'list_images lags behind updates, while images go from A to B and back',
  variants: [variantOf('back-and-forth', false), variantOf('forced', true)],
  small: (usual, random) => {
    const pause = random.between(0.5, 6) * MINUTE;
    const lists = { until: 10 * pause, lag: random.between(0.2, 3) * pause };
    const images = random.integer(1, 5);
    return smallSize(withoutTroubles(usual), {
      streams: [stream(random.integer(2, 7), images, pause, random.pick(HABITS))],
      finerworks: { ...usual.finerworks, lists },
    });
  },
};
