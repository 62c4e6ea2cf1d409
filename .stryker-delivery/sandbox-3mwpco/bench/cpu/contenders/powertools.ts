// @ts-nocheck
import { processBatch } from '../../peers/powertools-batch.ts';
import { bodyOf } from '../../peers/update-images.ts';
import type { RunBatch } from '../contenders.ts';

/** One record, one request. */
export const runBatch: RunBatch = async (event) => {
  const bodies: string[] = [];
  await processBatch(event, async (image) => {
    bodies.push(bodyOf([image]));
  });
  return bodies;
};
