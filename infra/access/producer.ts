import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { grantKey } from '../encryption.ts';
import type { Parts } from './parts.ts';

/** Allows to send events: messages to the queue, and the use of its key. */
export function grantSend({ queues: { queue, key } }: Parts, grantee: IGrantable): void {
  queue.grant(grantee, 'sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes');
  grantKey(key, grantee, 'send');
}
