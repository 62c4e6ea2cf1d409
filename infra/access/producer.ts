import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { grantKey } from '../encryption.ts';
import type { Parts } from './parts.ts';

/** Allows to send events: messages to the queue, and the use of its key. */
export function grantSend({ queues: { queue, key } }: Parts, grantee: IGrantable): Grant {
  const ofKey = grantKey(key, grantee, 'send');
  const ofQueue = queue.grant(
    grantee,
    'sqs:SendMessage',
    'sqs:GetQueueUrl',
    'sqs:GetQueueAttributes',
  );
  return ofKey === undefined ? ofQueue : ofQueue.combine(ofKey);
}
