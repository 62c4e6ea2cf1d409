import { BAD_GUID, BAD_TEXT } from '../producer/images.ts';
import type { Stream } from '../producer/stream.ts';
import { fullSize, HOUR, MINUTE } from './full-size.ts';
import { smallSize } from './small-size.ts';
import type { Bounds, WorldKind } from './world-kind.ts';

const UNKNOWN: Stream = { name: 'bad', prefix: BAD_GUID, events: 6, from: 0, until: 5 * HOUR };
/** The image is known; it is the text that FinerWorks does not take. */
const BAD_TITLE: Stream = {
  ...UNKNOWN,
  prefix: '0bad0000',
  texts: [`${BAD_TEXT} words`],
  inventory: 'listed',
};
/** It is listed, and must not be sent as it is shown. */
const BAD_TITLE_OF_SOLD: Stream = { ...BAD_TITLE, inventory: 'products', removing: true };
const BOUNDS: Bounds = { deadLettered: { bad: { reason: 'Refused', withinMinutes: 30 } } };

export const LONE_BAD_IMAGE: WorldKind = {
  name: 'lone-bad-image',
  about: 'one bad image an hour, and nothing else in the queue',
  variants: [
    { name: 'unknown', scenario: fullSize({ streams: [UNKNOWN] }), bounds: BOUNDS },
    { name: 'bad-title', scenario: fullSize({ streams: [BAD_TITLE] }), bounds: BOUNDS },
  ],
  small: (usual, random) => {
    const until = random.between(0, 60) * MINUTE;
    const events = random.integer(1, 4);
    const stream = { ...random.pick([UNKNOWN, BAD_TITLE, BAD_TITLE_OF_SOLD]), events, until };
    return smallSize(usual, { streams: [stream] });
  },
};
