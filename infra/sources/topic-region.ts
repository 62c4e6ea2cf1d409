import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * Finds fault with a topic of another region: the dead-letter queue of a subscription must be in the region of its
 * topic (AWS: SNS dead-letter queues). A stack without a region goes to the one that the CDK's command line names.
 *
 * @returns undefined where the topic is of the same region, or nobody knows
 */
export function foreignRegionOf(scope: Construct, { topicArn }: ITopic): string | undefined {
  if (Token.isUnresolved(topicArn)) return undefined;
  const { region = '' } = Stack.of(scope).splitArn(topicArn, ArnFormat.NO_RESOURCE_NAME);
  const { region: ofStack } = Stack.of(scope);
  const own = Token.isUnresolved(ofStack) ? process.env.CDK_DEFAULT_REGION : ofStack;
  if (own === undefined || own === region) return undefined;
  return `is in ${region} and the stack in ${own}: a subscription's dead-letter queue must be in the region of its topic, so deploy there, or let a topic of ${own} forward`;
}
