// @ts-nocheck
import type { PeerEvent } from '../../peers/event.ts';
import { bodyOf } from '../../peers/update-images.ts';
import type { RunBatch } from '../contenders.ts';

const IMAGES_PER_CALL = 50;

/** The least that any program must do: read each body, and write bodies of 50. Checks nothing. */
export const runBatch: RunBatch = async ({ Records }) => {
  const events: PeerEvent[] = Records.map(({ body }) => JSON.parse(body));
  const bodies: string[] = [];
  for (let at = 0; at < events.length; at += IMAGES_PER_CALL) {
    bodies.push(bodyOf(events.slice(at, at + IMAGES_PER_CALL)));
  }
  return bodies;
};
