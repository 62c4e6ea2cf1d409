import { Stack, Validations } from 'aws-cdk-lib';
import { CfnRule, type EventPattern, type IEventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopic, type ITopic, Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { createDeadLetterQueue, type Queues } from '../queues.ts';
import { allowSource } from './allow-source.ts';

/** Events of a bus that go to the queue. */
export interface EventRule {
  readonly eventBus: IEventBus;
  /** Which of its events. */
  readonly eventPattern: EventPattern;
}

/** All that sends besides this account's own producers. */
export interface Sources {
  readonly senderAccounts: readonly string[];
  readonly topic: ITopic | undefined;
  readonly eventRule: EventRule | undefined;
}

/** What a source could not deliver, or a door for webhooks could not map, waits here, by the source's name. */
export type SourceDeadLetterQueues = Readonly<
  Partial<Record<'topic' | 'rule' | 'webhooks', IQueue>>
>;

/**
 * Lets others send, as far as they are given: each gets what it needs for this queue and no
 * wildcard. What a topic or a rule cannot deliver goes to a separate queue: the function has
 * not seen it, so it has no `failure`.
 */
export function addSources(
  scope: Construct,
  { senderAccounts, topic, eventRule }: Sources,
  queues: Queues,
): SourceDeadLetterQueues {
  for (const account of senderAccounts) {
    const service = `sqs.${Stack.of(scope).region}.amazonaws.com`;
    allowSource(scope, queues, {
      sid: `Account${account}`,
      principal: new AccountPrincipal(account),
      // A producer looks the queue up by its name and the account that owns it.
      actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
      keyConditions: { StringEquals: { 'kms:ViaService': service } },
    });
  }
  return {
    ...(topic && { topic: subscribe(scope, topic, queues) }),
    ...(eventRule && { rule: addRule(scope, eventRule, queues) }),
  };
}

/** Subscribes the queue to a topic; notifications keep their envelope, which has time and id. */
function subscribe(scope: Construct, topic: ITopic, queues: Queues): IQueue {
  const fromTopic = { ArnEquals: { 'aws:SourceArn': topic.topicArn } };
  // A topic of this app may have the very same key, which then names no topic: CloudFormation makes no circle.
  const isOfThisApp = topic.node.defaultChild instanceof CfnTopic;
  const admission = {
    sid: 'Topic',
    principal: new ServicePrincipal('sns.amazonaws.com'),
    actions: ['sqs:SendMessage'],
    conditions: fromTopic,
    keyConditions: isOfThisApp
      ? { StringEquals: { 'aws:SourceAccount': topic.env.account } }
      : fromTopic,
  };
  allowSource(scope, queues, admission);
  const deadLetterQueue = createUndelivered(scope, 'TopicDeadLetterQueue', queues);
  new Subscription(scope, 'Subscription', {
    topic,
    protocol: SubscriptionProtocol.SQS,
    endpoint: queues.queue.queueArn,
    region: topic.env.region,
    // This admits the topic to it as well.
    deadLetterQueue,
  });
  return deadLetterQueue;
}

/** Sends matching events of a bus to the queue, whole: the envelope has time, source and id. */
function addRule(
  scope: Construct,
  { eventBus, eventPattern: { detailType, ...pattern } }: EventRule,
  queues: Queues,
): IQueue {
  const deadLetterQueue = createUndelivered(scope, 'RuleDeadLetterQueue', queues);
  // Not CDK's own rule and target: where the queue has a key, they admit every rule of the account.
  const rule = new CfnRule(scope, 'Rule', {
    description: 'Changes of images, to the queue of image updates',
    eventBusName: eventBus.eventBusName,
    // As EventBridge itself writes it.
    eventPattern: { ...pattern, ...(detailType && { 'detail-type': detailType }) },
    targets: [
      {
        id: 'Queue',
        arn: queues.queue.queueArn,
        deadLetterConfig: { arn: deadLetterQueue.queueArn },
      },
    ],
  });
  const admission = {
    sid: 'Rule',
    principal: new ServicePrincipal('events.amazonaws.com'),
    actions: ['sqs:SendMessage'],
    conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
    // Not by the rule, which names the queue, which names the key: CloudFormation makes no circle.
    keyConditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  };
  allowSource(scope, queues, admission);
  allowSource(scope, { ...queues, queue: deadLetterQueue }, admission);
  return deadLetterQueue;
}

/** A queue for what never reached the function. */
export function createUndelivered(
  scope: Construct,
  id: string,
  { key }: Pick<Queues, 'key'>,
): IQueue {
  const queue = createDeadLetterQueue(scope, id, key);
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'It is a dead-letter queue itself, of a subscription, a rule or a door, which the check overlooks.',
  });
  return queue;
}

/** The rule that {@link addSources} made there; undefined where it made none. */
export function ruleIn(scope: Construct): CfnRule | undefined {
  const rule = scope.node.tryFindChild('Rule');
  return rule instanceof CfnRule ? rule : undefined;
}
