import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ImageUpdatesProps } from '../image-updates-props.ts';
import { foreignRegionOf } from '../sources/foreign-place.ts';
import type { Finding } from './rule.ts';

type Given = ImageUpdatesProps & { readonly secret: ISecret };

/** Each key that is given, by the setting that names it. */
function keysOf({ encryptionKey, formerEncryptionKeys = [], secretEncryptionKey }: Given) {
  return [
    ['queueKey', encryptionKey],
    ...formerEncryptionKeys.map((key) => ['formerQueueKeys', key] as const),
    ['secretKeyArn', secretEncryptionKey],
  ] as const;
}

/** What is wrong with keys: a permission on an alias permits nothing (AWS: KMS, alias authorization). */
export function diagnoseKeys(given: Given): Finding[] {
  return keysOf(given)
    .filter(([, key]) => key && ('aliasName' in key || key.keyArn.includes(':alias/')))
    .map(([setting]) => ({
      rule: 'key-alias',
      setting,
      message:
        'is an alias, and a permission on an alias permits nothing: give the key itself, with Key.fromKeyArn or Key.fromLookup',
    }));
}

/** What is of another region than the stack, where that can be seen and nothing reaches it from there. */
export function diagnoseRegions(scope: Construct, given: Given): Finding[] {
  const { secret, topic, pageTopic, ticketTopic } = given;
  const alarms = 'alarms reach topics of their own region only (AWS: CloudWatch alarms)';
  const keys = 'a key serves its own region only';
  const rules = [
    [
      'topicArn',
      topic?.topicArn,
      // (AWS: SNS dead-letter queues)
      "a subscription's dead-letter queue must be in the region of its topic, so deploy there, or let a topic beside the stack forward",
    ],
    ['pageTopicArn', pageTopic?.topicArn, `${alarms}, so name one there`],
    ['ticketTopicArn', ticketTopic?.topicArn, `${alarms}, so name one there`],
    ...keysOf(given).map(
      ([setting, key]) => [setting, key?.keyArn, `${keys}, so name one there`] as const,
    ),
    [
      'secretName',
      secret.secretArn,
      'the function reads secrets of its own region: replicate it to there, and name that one',
    ],
  ] as const;
  return rules.flatMap(([setting, arn, why]) => {
    const place = arn && foreignRegionOf(scope, arn);
    return place ? [{ rule: 'region', setting, message: `${place}: ${why}` }] : [];
  });
}

/** What is wrong with topics that are there already: CloudWatch sends to standard ones only. */
export function diagnoseAlarmTopics({ pageTopic, ticketTopic }: Given): Finding[] {
  return [['pageTopicArn', pageTopic] as const, ['ticketTopicArn', ticketTopic] as const]
    .filter(([, topic]) => topic?.fifo === true)
    .map(([setting]) => ({
      rule: 'alarm-topic-kind',
      setting,
      message:
        'is a FIFO topic, and alarms go to standard ones only (AWS: CloudWatch alarms): name one of those',
    }));
}
