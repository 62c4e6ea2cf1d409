import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ACCOUNT } from '../lambda/keys/keys-by-account.ts';
import { AccountKeys } from './account-keys.ts';
import { createKey } from './encryption.ts';
import type { ImageUpdatesProps } from './image-updates-props.ts';
import { isTopicArn } from './outcomes/outcome-fields.ts';
import type { OutcomesTarget } from './outcomes/outcomes-target.ts';
import type { StackSettings } from './setting-fields.ts';

/** What the stack's settings name, as the construct takes it. */
export function existingResources(scope: Construct, settings: StackSettings): ImageUpdatesProps {
  const { secretName, keysByAccount, secretKeyArn, topicArn, eventBusName, eventPattern } =
    settings;
  const { pageTopicArn, ticketTopicArn } = settings;
  const outcomesTarget = outcomesTargetOf(scope, settings);
  const encryptionKey = createKey(scope, settings);
  return {
    secret: secretOf(scope, 'Keys', secretName),
    ...(keysByAccount !== undefined && {
      keysByAccount: keysByAccount.includes(ACCOUNT)
        ? AccountKeys.fromSecretNames(keysByAccount)
        : AccountKeys.fromSecret(secretOf(scope, 'KeysByAccount', keysByAccount)),
    }),
    ...(secretKeyArn !== undefined && {
      secretEncryptionKey: Key.fromKeyArn(scope, 'SecretKey', secretKeyArn),
    }),
    ...(settings.webhooks.length > 0 && {
      webhookSecret: secretOf(scope, 'WebhookKeys', settings.webhookSecretName),
    }),
    ...(encryptionKey && { encryptionKey }),
    formerEncryptionKeys: settings.formerQueueKeys.map((arn, index) =>
      Key.fromKeyArn(scope, `FormerKey${index}`, arn),
    ),
    ...(topicArn !== undefined && { topic: Topic.fromTopicArn(scope, 'Topic', topicArn) }),
    ...(pageTopicArn !== undefined && {
      pageTopic: Topic.fromTopicArn(scope, 'PageTopic', pageTopicArn),
    }),
    ...(ticketTopicArn !== undefined && {
      ticketTopic: Topic.fromTopicArn(scope, 'TicketTopic', ticketTopicArn),
    }),
    ...(eventBusName !== undefined &&
      eventPattern !== undefined && {
        eventRule: {
          eventBus: busOf(scope, 'Bus', eventBusName),
          eventPattern,
        },
      }),
    ...(outcomesTarget && { outcomesTarget }),
  };
}

function outcomesTargetOf(
  scope: Construct,
  { outcomesTarget, outcomesKeyArn: keyArn }: StackSettings,
): OutcomesTarget | undefined {
  if (outcomesTarget === undefined) return undefined;
  if (!isTopicArn(outcomesTarget)) return busOf(scope, 'Outcomes', outcomesTarget);
  const known = { topicArn: outcomesTarget, ...(keyArn !== undefined && { keyArn }) };
  return Topic.fromTopicAttributes(scope, 'Outcomes', known);
}

function busOf(scope: Construct, id: string, nameOrArn: string): IEventBus {
  return nameOrArn.startsWith('arn:')
    ? EventBus.fromEventBusArn(scope, id, nameOrArn)
    : EventBus.fromEventBusName(scope, id, nameOrArn);
}

function secretOf(scope: Construct, id: string, nameOrArn: string): ISecret {
  return nameOrArn.startsWith('arn:')
    ? Secret.fromSecretCompleteArn(scope, id, nameOrArn)
    : Secret.fromSecretNameV2(scope, id, nameOrArn);
}
