import { Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** Where it is told what became of events. */
export type OutcomesTarget = Pick<IEventBus, 'eventBusArn' | 'eventBusName'> | ITopic;

/** Whether a target is a topic, and not a bus. */
export function isTopic(target: OutcomesTarget): target is ITopic {
  return 'topicArn' in target;
}

/** The ARN of the bus or the topic. */
export function arnOfTarget(target: OutcomesTarget): string {
  return isTopic(target) ? target.topicArn : target.eventBusArn;
}

/**
 * Allows to tell outcomes there. Who publishes to a topic with a key of one's own needs a data key, and to decrypt it
 * once more (AWS: SNS key management); CDK's own grant says `GenerateDataKey*`, a wildcard that is not needed.
 * EventBridge uses the key of a bus itself.
 */
export function grantTellOutcomes(target: OutcomesTarget, grantee: IGrantable): void {
  const action = isTopic(target) ? 'sns:Publish' : 'events:PutEvents';
  Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [arnOfTarget(target)] });
  const key = isTopic(target) ? target.masterKey : undefined;
  if (key === undefined) return;
  Grant.addToPrincipal({
    grantee,
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resourceArns: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `sns.${Stack.of(key).region}.amazonaws.com` } },
  });
}
