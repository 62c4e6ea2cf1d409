import { Validations } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What a bad version does: it fails, can't use its keys, or sends what FinerWorks does not take. */
const ROLLBACK_ALARMS = ['FunctionErrors', 'KeyFailures', 'SystemicRefusal', 'NotTaken'] as const;

/**
 * Lets CodeDeploy move the alias to a new version: a tenth of the invocations for a quarter of an hour, longer
 * than two periods of an alarm, then all. An alarm meanwhile moves it back, and the deployment fails, so that
 * CloudFormation takes back everything else too.
 *
 * @param alarms by their names in the runbook
 */
export function createRollout(
  scope: Construct,
  alias: Alias,
  alarms: ReadonlyMap<string, IAlarm>,
): void {
  const rollout = new Construct(scope, 'Rollout');
  const group = new LambdaDeploymentGroup(rollout, 'Group', {
    alias,
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
    alarms: ROLLBACK_ALARMS.flatMap((name) => alarms.get(name) ?? []),
  });
  Validations.of(group.role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
    reason: 'The policy that AWS documents for CodeDeploy with Lambda, and keeps up to date.',
  });
}
