import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** Lets X-Ray trace the function's invocations: how long they waited, started and ran. */
export function traceCalls(updates: LambdaFunction): void {
  const resource = updates.node.defaultChild;
  if (resource instanceof CfnFunction) resource.tracingConfig = { mode: 'Active' };
  updates.addToRolePolicy(
    new PolicyStatement({
      actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      resources: ['*'],
    }),
  );
  Validations.of(updates.role ?? updates).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'These actions know no resources (AWS: Service Authorization Reference, X-Ray).',
  });
}
