import type { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { AccountKeys } from './account-keys.ts';
import type { ImageUpdatesSettings } from './image-updates-settings.ts';
import type { OutcomesTarget } from './outcomes/outcomes-target.ts';
import type { EventRule } from './sources/sources.ts';

/** Every setting, and the resources that exist already. */
export interface ImageUpdatesProps extends ImageUpdatesSettings {
  /**
   * The secret `{"web_api_key", "app_key"}`.
   *
   * @default the secret `finerworks/keys` of this account and region
   */
  readonly secret?: ISecret;
  /**
   * Key sets of single accounts, for several FinerWorks logins (docs/logins.md). Accounts without a set of
   * their own use `secret`.
   *
   * @default none
   */
  readonly keysByAccount?: AccountKeys;
  /**
   * The customer-managed key of secrets that do not know theirs: those that are imported by name, and those of
   * `AccountKeys.fromSecretNames`.
   *
   * @default none; a secret that knows its key needs no mention here
   */
  readonly secretEncryptionKey?: IKey;
  /**
   * A queue that events arrive at already, better a standard one than FIFO (docs/queues.md). Its
   * visibility timeout must be at least six times `timeout` and the window, and `maxReceiveCount` that of
   * its redrive policy; where the queue is made in the same app, both are checked.
   *
   * @default a new queue
   */
  readonly queue?: IQueue;
  /**
   * How long a queue which is not of this app keeps a message, in whole hours: what would be lost by that is
   * dead-lettered before.
   *
   * @default as `queue` is made; 4 days for one that is not of this app, SQS's own default
   */
  readonly queueRetention?: Duration;
  /**
   * Where the function sends what can never succeed; FIFO where `queue` is.
   *
   * @default a new queue that keeps dead letters for 14 days
   */
  readonly deadLetterQueue?: IQueue;
  /**
   * The customer-managed key that encrypts both queues, the alarm topics, the ledger and the trail. With
   * `queue`, it must be that queue's key.
   *
   * @default keys of AWS's own, which cost nothing
   */
  readonly encryptionKey?: IKey;
  /**
   * Keys that `encryptionKey` was before: messages that were sent under them are still decrypted. Keep each for
   * 21 days after the change, as long as a message can live (docs/runbook.md).
   *
   * @default none
   */
  readonly formerEncryptionKeys?: readonly IKey[];
  /**
   * Whether DynamoDB refuses to delete the tables of ledger and trail; true for production, once a first deployment has
   * succeeded.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * A topic whose notifications go to the queue.
   *
   * @default none
   */
  readonly topic?: ITopic;
  /**
   * Events of an EventBridge bus that go to the queue.
   *
   * @default none
   */
  readonly eventRule?: EventRule;
  /**
   * The secret with the signing secrets of the sources that `webhooks` names, `{"shopify": "…"}` (docs/webhooks.md).
   *
   * @default the secret `finerworks/webhooks` of this account and region, where `webhooks` names any
   */
  readonly webhookSecret?: ISecret;
  /**
   * Where it is told what became of each event: an EventBridge bus or a standard SNS topic of the stack's region
   * (docs/outcomes.md).
   *
   * @default nobody is told
   */
  readonly outcomesTarget?: OutcomesTarget;
  /**
   * A topic for the alarms that should wake somebody; its policy must let CloudWatch publish.
   *
   * @default a new topic
   */
  readonly pageTopic?: ITopic;
  /**
   * A topic for the alarms that can wait until the morning.
   *
   * @default a new topic
   */
  readonly ticketTopic?: ITopic;
  /**
   * What `finerworks-image-updates probe --save` kept: synth warns of settings that are at odds with it
   * (docs/probe.md).
   *
   * @default `image-updates.probe.json` in the working folder, where there is one
   */
  readonly probe?: string;
  /**
   * The function's bundle.
   *
   * @default the one that comes with this package
   */
  readonly code?: Code;
  /**
   * The bundle of the doors for webhooks.
   *
   * @default the one that comes with this package
   */
  readonly doorCode?: Code;
}
