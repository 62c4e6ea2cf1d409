import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { addToKeyPolicy } from '../encryption.ts';

type Level = 'page' | 'ticket';

/** Where alarms go, by how urgent they are. */
export type AlarmTopics = Readonly<Record<Level, ITopic>>;

/** Who is told: people by e-mail, and a topic that is there already. */
export type Told = Readonly<
  Record<Level, { readonly email: string | undefined; readonly topic: ITopic | undefined }>
>;

/**
 * Finds or makes both topics. Those that are made take nothing but what comes over TLS, and tell the addresses
 * that are named; the policy of one that is there already stays its owner's affair.
 */
export function createTopics(scope: Construct, told: Told, key: IKey | undefined): AlarmTopics {
  const subscribed = new Set<string>();
  const topicOf = (level: Level, id: string, displayName: string) => {
    const { email, topic = createTopic(scope, id, displayName, key) } = told[level];
    // One topic may be for both, and tells an address once.
    const subscription = `${email} ${topic.topicArn}`;
    if (email !== undefined && !subscribed.has(subscription)) {
      topic.addSubscription(new EmailSubscription(email));
    }
    subscribed.add(subscription);
    return topic;
  };
  const isAnyMade = Object.values(told).some(({ topic }) => topic === undefined);
  // CloudWatch can't use SNS's own key, and one of ours only if its policy says so.
  if (key && isAnyMade) {
    addToKeyPolicy(scope, key, allow(scope, ['kms:Decrypt', 'kms:GenerateDataKey'], '*'));
  }
  return {
    page: topicOf('page', 'PageTopic', 'Image updates: page'),
    ticket: topicOf('ticket', 'TicketTopic', 'Image updates: ticket'),
  };
}

function createTopic(
  scope: Construct,
  id: string,
  displayName: string,
  key: IKey | undefined,
): ITopic {
  const topic = new Topic(scope, id, {
    displayName,
    enforceSSL: true,
    ...(key && { masterKey: key }),
  });
  // Our own policy replaces the default one, which allowed alarms.
  topic.addToResourcePolicy(allow(scope, ['sns:Publish'], topic.topicArn));
  return topic;
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
