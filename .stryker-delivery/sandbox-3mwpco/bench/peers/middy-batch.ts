// @ts-nocheck
import middy from '@middy/core';
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSEvent } from 'aws-lambda';
import { PeerEvent } from './event.ts';

/** A handler of middy, given what becomes of one valid event. */
export function middyHandler(handleEvent: (event: PeerEvent) => Promise<void>) {
  return middy<SQSEvent, unknown>()
    .use(sqsPartialBatchFailure({ logger: () => {} }))
    .handler((event: SQSEvent) =>
      Promise.allSettled(
        event.Records.map(async ({ body }) => handleEvent(PeerEvent.parse(JSON.parse(body)))),
      ),
    );
}
