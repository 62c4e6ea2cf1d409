/**
 * middy with `sqs-partial-batch-failure`, as its documents show it for standard queues: one record
 * is one call, all of them at once (middy.js.org/docs/middlewares/sqs-partial-batch-failure).
 */
import middy from '@middy/core';
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSEvent } from 'aws-lambda';
import { type HandleEvent, PeerEvent, updateImages } from './update-images.ts';

/** A handler of middy. */
export function middyHandler(handleEvent: HandleEvent) {
  return middy<SQSEvent, unknown>()
    .use(sqsPartialBatchFailure({ logger: () => {} }))
    .handler((event: SQSEvent) =>
      Promise.allSettled(
        event.Records.map(async ({ body }) => handleEvent(PeerEvent.parse(JSON.parse(body)))),
      ),
    );
}

export const handler = middyHandler((event) => updateImages([event]));
