// @ts-nocheck
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { CONTENDER_NAMES, loadContender } from '../../bench/cpu/contenders.ts';
import { eventOf } from '../../bench/cpu/payloads.ts';

const Body = z.object({ images: z.array(z.record(z.string(), z.string())) });

/** The images that a contender would send, whatever calls they are in. */
async function imagesOf(name: (typeof CONTENDER_NAMES)[number]) {
  const runBatch = await loadContender(name);
  const bodies = await runBatch(eventOf(120));
  return bodies.flatMap((body) => Body.parse(JSON.parse(body)).images);
}

test.each(CONTENDER_NAMES)('%s sends the same images as the floor', async (name) => {
  const images = await imagesOf(name);
  expect(images).toHaveLength(120);
  expect(images).toEqual(await imagesOf('floor'));
});
