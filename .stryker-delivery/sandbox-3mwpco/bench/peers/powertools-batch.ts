// @ts-nocheck
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { parser } from '@aws-lambda-powertools/batch/parser';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { SqsRecordSchema } from '@aws-lambda-powertools/parser/schemas/sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { PeerEvent } from './event.ts';

/** The whole record at once: with `innerSchema` it would be put together anew for each record. */
export const RecordSchema = SqsRecordSchema.extend({ body: JSONStringified(PeerEvent) });

export const processor = new BatchProcessor(EventType.SQS, { parser, schema: RecordSchema });

/** The form that the documents show first: a schema of the body alone. */
const innerProcessor = new BatchProcessor(EventType.SQS, {
  parser,
  innerSchema: PeerEvent,
  transformer: 'json',
});

/** What becomes of one valid event. */
type HandleEvent = (event: PeerEvent) => Promise<void>;

/** Processes a batch with Powertools, and the record's schema made once. */
export function processBatch(
  event: SQSEvent,
  handleEvent: HandleEvent,
  context?: Context,
): Promise<SQSBatchResponse> {
  return processWith(processor, event, handleEvent, context);
}

/** Processes a batch with Powertools, and `innerSchema`. */
export function processBatchWithInnerSchema(
  event: SQSEvent,
  handleEvent: HandleEvent,
): Promise<SQSBatchResponse> {
  return processWith(innerProcessor, event, handleEvent);
}

function processWith(
  batchProcessor: BatchProcessor,
  event: SQSEvent,
  handleEvent: HandleEvent,
  context?: Context,
): Promise<SQSBatchResponse> {
  const handleRecord = ({ body }: z.output<typeof RecordSchema>) => handleEvent(body);
  return processPartialResponse(event, handleRecord, batchProcessor, {
    ...(context && { context }),
    throwOnFullBatchFailure: false,
  });
}
