/**
 * middy with `sqs-partial-batch-failure`, as its documents show it for standard queues: one record
 * is one call, all of them at once (middy.js.org/docs/middlewares/sqs-partial-batch-failure).
 */
import middy from '@middy/core';
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSEvent } from 'aws-lambda';
import { PeerEvent } from './event.ts';
import { keysOnce } from './keys.ts';
import { updateImages } from './update-images.ts';

export const handler = middy<SQSEvent, unknown>()
  .use(sqsPartialBatchFailure({ logger: () => {} }))
  .handler((event: SQSEvent) =>
    Promise.allSettled(
      event.Records.map(async ({ body }) => {
        await updateImages([PeerEvent.parse(JSON.parse(body))], await keysOnce());
      }),
    ),
  );
