import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { CPU_CONTENDERS, FLOOR } from '../../../bench/cpu/contenders.ts';
import { plainEvents } from '../../../bench/records.ts';

const Body = z.object({ images: z.array(z.record(z.string(), z.string())) });

/** The images that a contender would send, whatever calls they are in. */
async function imagesOf(name: string) {
  const bodies = (await CPU_CONTENDERS[name]?.(plainEvents(120))) ?? [];
  return bodies.flatMap((body) => Body.parse(JSON.parse(body)).images);
}

test.each(Object.keys(CPU_CONTENDERS))('%s sends the same images as the floor', async (name) => {
  const images = await imagesOf(name);
  expect(images).toHaveLength(120);
  expect(images).toEqual(await imagesOf(FLOOR));
});
