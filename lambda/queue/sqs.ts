import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AWS_CLIENT_SETTINGS } from '../runtime/aws-client-settings.ts';
import type { SendDeadLetters } from '../settlement/dead-lettering.ts';
import type { DeleteMessages } from '../settlement/deletion.ts';
import type { ChangeVisibility } from '../settlement/visibility.ts';

/** The requests that the flow makes of the queues. */
export interface Queues {
  readonly sendDeadLetters: SendDeadLetters;
  readonly changeVisibility: ChangeVisibility;
  readonly deleteMessages: DeleteMessages;
}

/**
 * The real queues. The SDK takes endpoint and credentials from the environment, so the standard
 * `AWS_ENDPOINT_URL` variables point it at any emulator.
 */
export function connectQueues(urls: { queueUrl: string; deadLetterQueueUrl: string }): Queues {
  const client = new SQSClient(AWS_CLIENT_SETTINGS);
  return {
    sendDeadLetters: async (entries) => {
      const request = { QueueUrl: urls.deadLetterQueueUrl, Entries: [...entries] };
      const { Successful = [] } = await client.send(new SendMessageBatchCommand(request));
      return new Map(
        Successful.flatMap(({ Id, MessageId }) => (Id && MessageId ? [[Id, MessageId]] : [])),
      );
    },
    changeVisibility: async (entries) => {
      const request = { QueueUrl: urls.queueUrl, Entries: [...entries] };
      return idsIn(await client.send(new ChangeMessageVisibilityBatchCommand(request)));
    },
    deleteMessages: async (entries) => {
      const request = { QueueUrl: urls.queueUrl, Entries: [...entries] };
      return idsIn(await client.send(new DeleteMessageBatchCommand(request)));
    },
  };
}

/** The ids that an answer confirms: HTTP 200 may carry `Failed[]`. */
export function idsIn({
  Successful = [],
}: {
  Successful?: { Id: string | undefined }[] | undefined;
}): Set<string> {
  return new Set(Successful.flatMap(({ Id }) => Id ?? []));
}
