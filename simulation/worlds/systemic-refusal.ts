import type { Disturbance } from '../finerworks/disturbance.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Variant, WorldKind } from './world-kind.ts';

const PREFIX = '5e500000';

interface Size {
  readonly name: string;
  readonly events: number;
  readonly hours: number;
  /** Whether they are there from the beginning, and not one after the other. */
  readonly isBacklog: boolean;
}

const SIZES: readonly Size[] = [
  { name: '0.1-a-second', events: 360, hours: 1, isBacklog: false },
  { name: '0.5-a-second', events: 1_800, hours: 1, isBacklog: false },
  { name: '1-a-second', events: 3_600, hours: 1, isBacklog: false },
  { name: 'backlog-500', events: 500, hours: 1, isBacklog: true },
  { name: 'backlog-2000', events: 2_000, hours: 6, isBacklog: true },
];

function refusal(until: number): Disturbance {
  return { how: 'refused', from: 0, until, listsToo: false };
}

function variantOf({ name, events, hours, isBacklog }: Size, isListed: boolean): Variant {
  const stream: Stream = {
    name: 'good',
    prefix: PREFIX,
    events,
    from: 0,
    until: isBacklog ? 0 : hours * HOUR,
    ...(isListed && { inventory: 'listed' }),
  };
  return {
    name: isListed ? `${name}-listed` : name,
    scenario: fullSize({ streams: [stream], disturbances: [refusal(hours * HOUR)] }),
    bounds: { applied: ['good'], recoveryMinutes: 20 },
  };
}

export const SYSTEMIC_REFUSAL: WorldKind = {
  name: 'systemic-refusal',
  about: 'FinerWorks answers success: false to every update for a while, and no image is at fault',
  variants: [false, true].flatMap((isListed) => SIZES.map((size) => variantOf(size, isListed))),
  small: (usual, random) => {
    const until = random.between(5, 40) * MINUTE;
    const stream: Stream = {
      name: 'good',
      prefix: PREFIX,
      events: random.integer(1, 40),
      from: 0,
      until: random.pick([0, until, 1.2 * until]),
      ...(random.chance(0.5) && { inventory: 'listed' }),
    };
    return smallSize(usual, { streams: [stream], disturbances: [refusal(until)] });
  },
};
