import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SettingsError } from '../settings.ts';

/**
 * Refuses a topic of another region: the dead-letter queue of a subscription must be in the region of its topic (AWS:
 * SNS dead-letter queues). A stack without a region goes to the one that the CDK's command line names.
 *
 * @throws {SettingsError}
 */
export function refuseForeignRegion(scope: Construct, topicArn: string): void {
  if (Token.isUnresolved(topicArn)) return;
  const { region = '' } = Stack.of(scope).splitArn(topicArn, ArnFormat.NO_RESOURCE_NAME);
  const { region: ofStack } = Stack.of(scope);
  const own = Token.isUnresolved(ofStack) ? process.env.CDK_DEFAULT_REGION : ofStack;
  if (own === undefined || own === region) return;
  throw new SettingsError(
    `topicArn: is in ${region} and the stack in ${own}: a subscription's dead-letter queue must be in the region of its topic, so deploy there, or let a topic of ${own} forward`,
  );
}
