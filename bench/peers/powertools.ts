/**
 * Powertools for AWS Lambda, as its documents show batch processing with the parser: one record is
 * one call, all of them at once (docs.aws.amazon.com/powertools/typescript, batch processing).
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { parser } from '@aws-lambda-powertools/batch/parser';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { SqsRecordSchema } from '@aws-lambda-powertools/parser/schemas/sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { type HandleEvent, PeerEvent, updateImages } from './update-images.ts';

/**
 * The whole record at once: with `innerSchema`, which the documents show first, the schema would be
 * put together anew for each record, at 30 times the processor's time.
 */
const RecordSchema = SqsRecordSchema.extend({ body: JSONStringified(PeerEvent) });

const processor = new BatchProcessor(EventType.SQS, { parser, schema: RecordSchema });

/** A handler of Powertools. */
export function powertoolsHandler(handleEvent: HandleEvent) {
  return (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(
      event,
      ({ body }: z.output<typeof RecordSchema>) => handleEvent(body),
      processor,
      { ...(context && { context }), throwOnFullBatchFailure: false },
    );
}

export const handler = powertoolsHandler((event) => updateImages([event]));
