import { randomUUID } from 'node:crypto';
import { type MessageAttributeValue, SendMessageCommand } from '@aws-sdk/client-sqs';
import { toSqsText } from '../../lambda/queue/sqs-text.ts';
import type { Origin } from '../../lambda/records/origin.ts';
import type { LocalQueues } from '../../local/aws/queues.ts';

/** What a test says of a dead letter. */
export interface DeadLetterParts {
  /** Written as JSON. */
  readonly body: object;
  /** None where SQS moved it; any, as a newer function may write it. */
  readonly reason?: string;
  readonly time?: string;
  readonly detail?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Puts a letter into the dead-letter queue as the function does, or as SQS does. */
export async function putDeadLetter(
  { client, deadLetterQueueUrl }: LocalQueues,
  { body, reason, time = '2026-11-23T10:00:00Z', detail, attributes = {} }: DeadLetterParts,
): Promise<Origin> {
  const origin = {
    messageId: randomUUID(),
    sentTimestamp: Date.parse('2026-11-23T09:00:00Z'),
    time: '2026-11-23T08:00:00.000000000Z',
    id: 'event-1',
  };
  const failure = reason && {
    reason,
    detail: detail ?? `because of ${reason}`,
    guids: [],
    attempts: 1,
    time,
    requestId: 'request',
    origin,
  };
  const texts = { ...attributes, ...(failure && { failure: toSqsText(JSON.stringify(failure)) }) };
  const MessageAttributes: Record<string, MessageAttributeValue> = Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  await client.send(
    new SendMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      MessageBody: toSqsText(JSON.stringify(body)),
      MessageAttributes,
    }),
  );
  return origin;
}
