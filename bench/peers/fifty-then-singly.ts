/**
 * Calls of 50 records as they come, and one by one where such a call is refused: what RudderStack
 * does with destinations that answer for a whole batch.
 */
import middy from '@middy/core';
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSEvent } from 'aws-lambda';
import { PeerEvent, UpdateFailed, updateImages } from './update-images.ts';

const CALL_SIZE = 50;
const BAD_REQUEST = 400;

export const handler = middy<SQSEvent, unknown>()
  .use(sqsPartialBatchFailure({ logger: () => {} }))
  .handler(async ({ Records }: SQSEvent) => {
    const parsed = Records.map(({ body }) => PeerEvent.safeParse(JSON.parse(body)));
    const results: PromiseSettledResult<unknown>[] = [];
    for (let at = 0; at < parsed.length; at += CALL_SIZE) {
      const group = parsed.slice(at, at + CALL_SIZE);
      const events = group.flatMap(({ data }) => data ?? []);
      const [whole] = await Promise.allSettled([updateImages(events)]);
      for (const { data, error } of group) {
        if (data === undefined) results.push({ status: 'rejected', reason: error });
        else if (isRefused(whole)) {
          results.push(...(await Promise.allSettled([updateImages([data])])));
        } else results.push(whole);
      }
    }
    return results;
  });

function isRefused(result: PromiseSettledResult<unknown>): boolean {
  const { reason } = result as { reason?: unknown };
  return reason instanceof UpdateFailed && reason.status === BAD_REQUEST;
}
