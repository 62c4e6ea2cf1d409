// @ts-nocheck
import { middyHandler } from '../../peers/middy-batch.ts';
import { bodyOf } from '../../peers/update-images.ts';
import type { RunBatch } from '../contenders.ts';
import { CONTEXT } from '../context.ts';

/** One record, one request. */
export const runBatch: RunBatch = async (event) => {
  const bodies: string[] = [];
  await middyHandler(async (image) => {
    bodies.push(bodyOf([image]));
  })(event, CONTEXT);
  return bodies;
};
