import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

const Count = z.coerce.number().int().min(0).default(0);

const RedrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number(),
});

/** Attributes of a queue. The counts are approximate. */
const QueueAttributes = z
  .object({
    QueueArn: z.string(),
    ApproximateNumberOfMessages: Count,
    ApproximateNumberOfMessagesNotVisible: Count,
    ApproximateNumberOfMessagesDelayed: Count,
    /** 4 days by default (AWS: CreateQueue). */
    MessageRetentionPeriod: z.coerce.number().default(345_600),
    RedrivePolicy: z
      .string()
      .transform((text) => RedrivePolicy.parse(jsonOrUndefined(text)))
      .optional(),
  })
  .transform((attributes) => ({
    arn: attributes.QueueArn,
    visible: attributes.ApproximateNumberOfMessages,
    inFlight: attributes.ApproximateNumberOfMessagesNotVisible,
    delayed: attributes.ApproximateNumberOfMessagesDelayed,
    retentionSeconds: attributes.MessageRetentionPeriod,
    redrivePolicy: attributes.RedrivePolicy,
  }));
export type QueueAttributes = z.output<typeof QueueAttributes>;

/** Reads a queue's attributes. */
export async function queueAttributes(client: SQSClient, url: string): Promise<QueueAttributes> {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
  return QueueAttributes.parse((await client.send(command)).Attributes);
}

/** About how many messages a queue holds, hidden ones included. */
export function depthOf({ visible, inFlight, delayed }: QueueAttributes): number {
  return visible + inFlight + delayed;
}

/** The URL of a queue that is given by its URL or its name. */
export async function queueUrlOf(client: SQSClient, given: string): Promise<string> {
  if (URL.canParse(given)) return given;
  const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName: given }));
  return QueueUrl;
}

/** The name is the last part of an ARN (AWS: SQS, ARNs). */
export function queueNameOf(arn: string): string {
  return arn.split(':').at(-1) ?? '';
}
