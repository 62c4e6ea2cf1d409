import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { grantForget } from '../ledger.ts';
import { letterQueues, type Parts } from './parts.ts';
import { grantSend } from './producer.ts';
import { grantView } from './viewer.ts';

/**
 * Allows all that a viewer and a producer may, and what people on call do: redrive and discard dead letters, with the
 * command line or SQS's own move task; forget an image; pause and resume; go back to another version.
 */
export function grantOperate(parts: Parts, grantee: IGrantable): void {
  grantView(parts, grantee);
  grantSend(parts, grantee);
  for (const queue of letterQueues(parts)) queue.grant(grantee, 'sqs:DeleteMessage');
  // From the others SQS moves nothing: its task takes only the dead-letter queue of a queue.
  parts.queues.deadLetterQueue.grant(
    grantee,
    'sqs:StartMessageMoveTask',
    'sqs:ListMessageMoveTasks',
    'sqs:CancelMessageMoveTask',
  );
  if (parts.ledger !== undefined) grantForget(parts.ledger, grantee);
  const { function: updates, alias, mappingArn } = parts.deployed;
  Grant.addToPrincipal({
    grantee,
    actions: ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
    resourceArns: [mappingArn],
  });
  // To redrive webhooks, which only their doors can map.
  if (parts.doors.length > 0) {
    Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns: parts.doors.map((door) => door.function.functionArn),
    });
  }
  Grant.addToPrincipal({
    grantee,
    actions: ['lambda:UpdateAlias'],
    resourceArns: [updates.functionArn, alias.functionArn],
  });
}
