import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Grant, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ImageUpdates } from '../image-updates.ts';

/** A managed policy for each kind of person or program. */
export type RolePolicies = Readonly<Record<'producer' | 'viewer' | 'operator', ManagedPolicy>>;

/** Makes the managed policies of a stack, which people attach to their own roles. */
export function createRolePolicies(scope: Construct, updates: ImageUpdates): RolePolicies {
  const producer = new ManagedPolicy(scope, 'ProducerPolicy', {
    description: 'Lets a role send change events of images',
  });
  const viewer = new ManagedPolicy(scope, 'ViewerPolicy', {
    description:
      'Lets a role look at image updates: state, dead letters, ledger, trail; and change nothing',
  });
  const operator = new ManagedPolicy(scope, 'OperatorPolicy', {
    description:
      'Lets a role redrive and discard dead letters, forget images, pause, and roll back',
  });
  updates.grantSend(producer);
  updates.grantView(viewer);
  updates.grantOperate(operator);
  // By the stack's outputs commands find the queues.
  for (const policy of [producer, viewer]) allowOnStack(policy, 'DescribeStacks');
  // CloudFormation takes an update back with the role that began it, so that nothing else is needed.
  allowOnStack(operator, 'DescribeStacks', 'CancelUpdateStack');
  for (const policy of [viewer, operator]) acknowledgeReading(policy);
  return { producer, viewer, operator };
}

/** A stack's ARN ends with an id that its name does not tell. */
function allowOnStack(policy: ManagedPolicy, ...operations: string[]): void {
  const stack = Stack.of(policy);
  const { stackName } = stack;
  const arn = stack.formatArn({
    service: 'cloudformation',
    resource: 'stack',
    resourceName: `${stackName}/*`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  Grant.addToPrincipal({
    grantee: policy,
    actions: operations.map((operation) => `cloudformation:${operation}`),
    resourceArns: [arn],
  });
  Validations.of(policy).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/${stackName}/*]`,
    reason: 'The wildcard stands for the id at the end of the ARN of this very stack.',
  });
}

function acknowledgeReading(policy: ManagedPolicy): void {
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Metrics, results of queries and lists of them and of event source mappings know no resources; all of it is reading.',
  });
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*]',
    reason: 'Alarms are asked for by the topics that they go to; all of it is reading.',
  });
}
