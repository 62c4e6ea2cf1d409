/**
 * Powertools for AWS Lambda, as its documents show batch processing with the parser: one record is
 * one call, all of them at once (docs.aws.amazon.com/powertools/typescript, batch processing).
 */
// @ts-nocheck

import type { SQSHandler } from 'aws-lambda';
import { keysOnce } from './keys.ts';
import { processBatch } from './powertools-batch.ts';
import { updateImages } from './update-images.ts';

export const handler: SQSHandler = (event, context) =>
  processBatch(event, async (image) => updateImages([image], await keysOnce()), context);
