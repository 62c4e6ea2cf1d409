import { quoted } from './faults/quoted.ts';
import type { JsonObject } from './json.ts';

/** The hosts of SNS, `sns.eu-west-2.amazonaws.com` and in China `….amazonaws.com.cn`. */
const HOST_OF_SNS = /^sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * What to do with a message in which SNS asks to confirm a subscription, or says that one ended. The
 * function never confirms one: any sender could then subscribe the queue to anything. The token is
 * not shown, since it is all that a confirmation takes; it is valid for two days (AWS: SNS, Subscribe).
 */
export function confirmationOf({ Type, TopicArn, SubscribeURL }: JsonObject): string | undefined {
  const topic = `the topic ${typeof TopicArn === 'string' ? quoted(nameOf(TopicArn)) : 'that it names'}`;
  const confirm = `aws sns confirm-subscription with the TopicArn and Token of this message, within two days; ${urlHint(SubscribeURL)}`;
  switch (Type) {
    case 'SubscriptionConfirmation':
      return `it is a SubscriptionConfirmation: nothing of ${topic} arrives until the subscription is confirmed. If it is yours: ${confirm}`;
    case 'UnsubscribeConfirmation':
      return `it is an UnsubscribeConfirmation: the subscription to ${topic} has ended. If that was not wanted: ${confirm}`;
    default:
      return undefined;
  }
}

function urlHint(url: unknown): string {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  if (parsed === null) return 'it has no SubscribeURL to open instead';
  const { protocol, host } = parsed;
  return protocol === 'https:' && HOST_OF_SNS.test(host)
    ? `or open its SubscribeURL, which leads to ${host}`
    : `do not open its SubscribeURL, which leads to ${quoted(host)} and not to SNS`;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
