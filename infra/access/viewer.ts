import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { grantFormerKeys, grantKey } from '../encryption.ts';
import { grantHistory } from '../ledger.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import { grantLookUp } from '../trail.ts';
import { letterQueues, type Parts } from './parts.ts';

/**
 * Allows to look at everything and to change nothing: depths, metrics, alarms, the log, the event source mapping, dead
 * letters, the ledger, the trail. Who reads a message hides it for a moment, and gives it back. The keys of FinerWorks
 * are not part of it: who has them can change images.
 */
export function grantView(parts: Parts, grantee: IGrantable): void {
  const { queues, ledger, trail, deployed, doors, monitoring } = parts;
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
    actions: [
      'lambda:GetFunctionConfiguration',
      'lambda:GetFunctionConcurrency',
      'lambda:GetAlias',
      'lambda:ListVersionsByFunction',
    ],
    resourceArns: [deployed.function.functionArn, deployed.alias.functionArn],
  });
  // To run the saved queries, and for the last lines; the groups are resources of the stack.
  for (const { logGroup } of [deployed.function, ...doors.map((door) => door.function)]) {
    logGroup.grant(grantee, 'logs:StartQuery', 'logs:FilterLogEvents');
  }
  if (monitoring !== undefined) grantWatch(monitoring, grantee);
  // These know no resources (AWS: service authorization reference, CloudWatch, CloudWatch Logs and Lambda).
  Grant.addToPrincipal({
    grantee,
    actions: [
      'cloudwatch:GetMetricData',
      'cloudwatch:ListMetrics',
      'lambda:ListEventSourceMappings',
      'logs:DescribeQueryDefinitions',
      'logs:GetQueryResults',
    ],
    resourceArns: ['*'],
  });
}

/** Allows to see the dashboard, the state of alarms, and who is told of them. */
function grantWatch(monitoring: Monitoring, grantee: IGrantable): void {
  const { topics, dashboardArn } = monitoring;
  Grant.addToPrincipal({
    grantee,
    actions: ['sns:ListSubscriptionsByTopic'],
    resourceArns: Object.values(topics).map(({ topicArn }) => topicArn),
  });
  Grant.addToPrincipal({
    grantee,
    actions: ['cloudwatch:GetDashboard'],
    resourceArns: [dashboardArn],
  });
  // Alarms are asked for by their topics, so all of the region must be allowed (AWS: service authorization
  // reference, CloudWatch).
  Grant.addToPrincipal({
    grantee,
    actions: ['cloudwatch:DescribeAlarms'],
    resourceArns: [
      Stack.of(monitoring).formatArn({
        ...{ service: 'cloudwatch', resource: 'alarm', resourceName: '*' },
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  });
}
