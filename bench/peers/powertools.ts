/**
 * Powertools for AWS Lambda, as its documents show batch processing with the parser: one record is
 * one call, all of them at once (docs.aws.amazon.com/powertools/typescript, batch processing).
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { parser } from '@aws-lambda-powertools/batch/parser';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { SqsRecordSchema } from '@aws-lambda-powertools/parser/schemas/sqs';
import type { SQSHandler } from 'aws-lambda';
import type * as z from 'zod';
import { PeerEvent } from './event.ts';
import { keysOnce } from './keys.ts';
import { updateImages } from './update-images.ts';

/** The whole record at once: with `innerSchema` it would be put together anew for each record. */
export const RecordSchema = SqsRecordSchema.extend({ body: JSONStringified(PeerEvent) });

export const processor = new BatchProcessor(EventType.SQS, { parser, schema: RecordSchema });

async function handleRecord({ body }: z.output<typeof RecordSchema>): Promise<void> {
  await updateImages([body], await keysOnce());
}

export const handler: SQSHandler = (event, context) =>
  processPartialResponse(event, handleRecord, processor, {
    context,
    throwOnFullBatchFailure: false,
  });
