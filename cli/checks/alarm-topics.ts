import { ListSubscriptionsByTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import type { Deployment } from '../aws/deployment.ts';
import { CheckWarning, NotApplicable } from './finding.ts';

/** In the place of an ARN stands `PendingConfirmation`, or `Deleted` (AWS: ListSubscriptionsByTopic). */
const Subscriptions = z.array(z.object({ SubscriptionArn: z.string() })).default([]);

/**
 * Whether somebody is told of alarms: an address hears nothing until it has confirmed its subscription.
 *
 * @throws {CheckWarning} where a topic tells nobody
 */
export async function checkAlarmTopics(deployment: Deployment, sns: SNSClient): Promise<string> {
  const topics = await deployment.alarmTopics();
  if (topics === undefined) throw new NotApplicable('a queue alone does not say where alarms go');
  if (topics.size === 0) throw new NotApplicable('the stack has no alarms');
  const found: string[] = [];
  const silent: string[] = [];
  for (const [purpose, TopicArn] of topics) {
    // The first page is enough to know whether there is anybody.
    const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const arns = Subscriptions.parse(page.Subscriptions).map((one) => one.SubscriptionArn);
    const told = arns.filter((arn) => arn.startsWith('arn:')).length;
    const asked = arns.filter((arn) => arn === 'PendingConfirmation').length;
    found.push(`${purpose}: ${told} told`);
    if (told > 0) continue;
    const what =
      asked > 0
        ? `${asked} asked, none has confirmed: look for the mail of AWS`
        : `nobody subscribes to ${TopicArn}: set an address, or a topic that is there already`;
    silent.push(`${purpose}: ${what}`);
  }
  if (silent.length > 0) throw new CheckWarning(silent.join('; '));
  return found.join(', ');
}
