import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { addToKeyPolicy } from '../encryption.ts';

/** Where alarms go, by how urgent they are. */
export type AlarmTopics = Readonly<Record<'page' | 'ticket', Topic>>;

/** Makes both topics, over TLS only, with the addresses that are notified. */
export function createTopics(
  scope: Construct,
  emails: Readonly<Record<'page' | 'ticket', string | undefined>>,
  key: IKey | undefined,
): AlarmTopics {
  const topicOf = (level: 'page' | 'ticket', id: string, displayName: string) => {
    const topic = new Topic(scope, id, {
      displayName,
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
    const email = emails[level];
    if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
    topic.addToResourcePolicy(
      // Our own policy replaces the default one, which allowed alarms.
      allow(scope, ['sns:Publish'], topic.topicArn),
    );
    return topic;
  };
  // CloudWatch can't use SNS's own key, and one of ours only if its policy says so.
  if (key) addToKeyPolicy(scope, key, allow(scope, ['kms:Decrypt', 'kms:GenerateDataKey'], '*'));
  return {
    page: topicOf('page', 'PageTopic', 'Image updates: page'),
    ticket: topicOf('ticket', 'TicketTopic', 'Image updates: ticket'),
  };
}

function allow(scope: Construct, actions: string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'Alarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
