import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { grantFormerKeys, grantKey } from '../encryption.ts';
import { grantHistory } from '../ledger.ts';
import { grantLookUp } from '../trail.ts';
import { letterQueues, type Parts } from './parts.ts';

/**
 * Allows to look at everything and to change nothing: depths, metrics, the event source mapping, dead
 * letters, the ledger, the trail. Who reads a message hides it for a moment, and gives it back. The keys of FinerWorks
 * are not part of it: who has them can change images.
 */
export function grantView(parts: Parts, grantee: IGrantable): void {
  const { queues, ledger, trail, deployed, alarmTopics } = parts;
  queues.queue.grant(grantee, 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes');
  for (const queue of letterQueues(parts)) {
    queue.grant(
      grantee,
      'sqs:ReceiveMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueUrl',
      'sqs:GetQueueAttributes',
    );
  }
  grantKey(queues.key, grantee, 'read');
  grantFormerKeys(queues.formerKeys, grantee);
  if (ledger !== undefined) grantHistory(ledger, grantee);
  if (trail !== undefined) grantLookUp(trail, grantee);
  Grant.addToPrincipal({
    grantee,
    actions: ['lambda:GetFunctionConfiguration', 'lambda:GetAlias'],
    resourceArns: [deployed.function.functionArn, deployed.alias.functionArn],
  });
  if (alarmTopics.length > 0) {
    Grant.addToPrincipal({
      grantee,
      actions: ['sns:ListSubscriptionsByTopic'],
      resourceArns: alarmTopics.map(({ topicArn }) => topicArn),
    });
  }
  // For its last lines; the group is a resource of the stack.
  deployed.function.logGroup.grant(grantee, 'logs:FilterLogEvents');
  // Alarms are asked for by their topics, so all of the region must be allowed (AWS: service authorization
  // reference, CloudWatch).
  Grant.addToPrincipal({
    grantee,
    actions: ['cloudwatch:DescribeAlarms'],
    resourceArns: [
      Stack.of(deployed.function).formatArn({
        service: 'cloudwatch',
        resource: 'alarm',
        resourceName: '*',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  });
  // These know no resources (AWS: service authorization reference, CloudWatch and Lambda).
  Grant.addToPrincipal({
    grantee,
    actions: [
      'cloudwatch:GetMetricData',
      'cloudwatch:ListMetrics',
      'lambda:ListEventSourceMappings',
    ],
    resourceArns: ['*'],
  });
}
