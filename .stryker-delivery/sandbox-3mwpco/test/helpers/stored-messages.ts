// @ts-nocheck
import * as z from 'zod';
import type { LocalQueues } from '../../local/aws/queues.ts';

const Stored = z.object({
  messages: z.object({
    ready: z.array(
      z.object({
        messageId: z.string(),
        body: z.string(),
        messageAttributes: z.record(
          z.string(),
          z.looseObject({ StringValue: z.string().optional() }),
        ),
        sentTimestamp: z.number(),
        messageGroupId: z.string().optional(),
        messageDeduplicationId: z.string().optional(),
      }),
    ),
    inflight: z.array(z.unknown()),
  }),
});

/** Every visible message of a queue, without receiving it. */
export async function storedMessages(queues: LocalQueues, queueUrl = queues.queueUrl) {
  const name = queueUrl.split('/').at(-1);
  const response = await fetch(`${queues.url}/_fauxqs/queues/${name}`);
  return Stored.parse(await response.json()).messages.ready;
}
