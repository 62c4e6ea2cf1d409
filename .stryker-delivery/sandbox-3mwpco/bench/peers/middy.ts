/**
 * middy with `sqs-partial-batch-failure`, as its documents show it for standard queues: one record
 * is one call, all of them at once (middy.js.org/docs/middlewares/sqs-partial-batch-failure).
 */
// @ts-nocheck

import { keysOnce } from './keys.ts';
import { middyHandler } from './middy-batch.ts';
import { updateImages } from './update-images.ts';

export const handler = middyHandler(async (event) => updateImages([event], await keysOnce()));
