import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SendDeadLetters } from './dead-lettering.ts';

/** A stalled queue must not eat the time that the calls need: 3 attempts end within 20 s. */
const CLIENT_SETTINGS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
};

/**
 * The real dead-letter queue. The SDK's own settings say where it is and as whom to call, so that
 * the standard `AWS_ENDPOINT_URL` variables point it at any emulator.
 */
export function deadLetterQueue(queueUrl: string): SendDeadLetters {
  const client = new SQSClient(CLIENT_SETTINGS);
  return async (entries) => {
    const answer = await client.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...entries] }),
    );
    // HTTP 200 may carry `Failed[]`: only what stands in `Successful[]` is confirmed.
    return new Set((answer.Successful ?? []).flatMap(({ Id }) => Id ?? []));
  };
}
