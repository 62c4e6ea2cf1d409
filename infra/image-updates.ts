import { fileURLToPath } from 'node:url';
import { Annotations, type Duration, Tags } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type AccountKeys, DEFAULT_SECRET_NAME, secretIdOf } from './account-keys.ts';
import { diagnose, diagnoseAlarms } from './doctor/doctor.ts';
import { diagnoseQueues, retentionHoursOf } from './doctor/queue-rules.ts';
import { diagnoseProbe } from './doctor/saved-probe.ts';
import { grantKey } from './encryption.ts';
import { createFunction } from './function.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { ImageUpdatesSettings } from './image-updates-settings.ts';
import { createLedger, grantReasons } from './ledger.ts';
import { Metrics } from './monitoring/metrics.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { inProps } from './prop-names.ts';
import { createQueues, type Queues } from './queues.ts';
import { SettingsError } from './settings-error.ts';
import { settingsOfProps } from './settings-of-props.ts';
import { addSources, type EventRule, ruleIn } from './sources/sources.ts';

export { AccountKeys } from './account-keys.ts';
export type { ImageUpdatesSettings } from './image-updates-settings.ts';
export type { AlarmTopics } from './monitoring/topics.ts';
export type { EventRule } from './sources/sources.ts';
export type { Monitoring };

/** Put there when the package is built; in the repository there is none, and its stack gives `code`. */
const PACKED_FUNCTION = fileURLToPath(new URL('../function', import.meta.url));

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
   * The customer-managed key that encrypts both queues, the alarm topics and the ledger. With `queue`, it
   * must be that queue's key.
   *
   * @default keys of AWS's own, which cost nothing
   */
  readonly encryptionKey?: IKey;
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
}

/**
 * Takes image-metadata change events from a queue to FinerWorks: the queue, the function that
 * consumes it, its ledger, the queue of dead letters, a dashboard and alarms.
 *
 * As a grantee it stands for the function's role: `table.grantReadData(updates)`.
 */
export class ImageUpdates extends Construct implements IGrantable {
  /** Where producers send events. */
  readonly queue: IQueue;
  /** Messages that can never succeed, each with its reason. */
  readonly deadLetterQueue: IQueue;
  /** The ledger's table; undefined where `ledger` is false. */
  readonly ledger: Table | undefined;
  /** What takes the events to FinerWorks. */
  readonly function: LambdaFunction;
  /** Dashboard, alarms and the two topics that alarms go to; undefined where `monitoring` is false. */
  readonly monitoring: Monitoring | undefined;
  /** The role of the function. */
  readonly grantPrincipal: IPrincipal;
  readonly #queues: Queues;

  /** @throws {SettingsError} with one line for each property that is wrong */
  constructor(scope: Construct, id: string, props: ImageUpdatesProps = {}) {
    super(scope, id);
    const {
      secret = Secret.fromSecretNameV2(this, 'Secret', DEFAULT_SECRET_NAME),
      keysByAccount,
      secretEncryptionKey,
      queue,
      queueRetention,
      deadLetterQueue,
      encryptionKey,
      topic,
      eventRule,
      pageTopic,
      ticketTopic,
      probe,
      code = Code.fromAsset(PACKED_FUNCTION),
      ...shared
    } = props;
    const settings = settingsOfProps(shared);
    const given = {
      queue,
      deadLetterQueue,
      retentionHours: queueRetention?.toHours({ integral: false }),
      hasSources: (topic ?? eventRule) !== undefined,
    };
    const aboutQueues = diagnoseQueues(settings, given);
    const refusals = aboutQueues
      .filter(({ level }) => level === 'refuse')
      .map(({ setting, message }) => this.inWordsOfUser(`${setting}: ${message}`));
    if (keysByAccount?.setting === secretIdOf(secret)) {
      refusals.push(
        'keysByAccount: is the secret of the default set: those of accounts need another',
      );
    }
    if (refusals.length > 0) throw new SettingsError(refusals.join('\n'));
    const told = {
      ...settings,
      pageTopicArn: pageTopic?.topicArn,
      ticketTopicArn: ticketTopic?.topicArn,
    };
    const warnings = [...diagnose(settings, 'warn'), ...diagnoseAlarms(told), ...aboutQueues];
    for (const { rule, setting, message } of [...warnings, ...diagnoseProbe(settings, probe)]) {
      const text = this.inWordsOfUser(`${setting} ${message}`);
      Annotations.of(this).addWarningV2(`image-updates:${rule}`, text);
    }
    this.#queues = createQueues(this, settings, encryptionKey, {
      ...(queue && { queue }),
      ...(deadLetterQueue && { deadLetterQueue }),
      retentionHours: retentionHoursOf(given),
    });
    this.queue = this.#queues.queue;
    this.deadLetterQueue = this.#queues.deadLetterQueue;
    this.ledger = settings.ledger === 'on' ? createLedger(this, encryptionKey) : undefined;
    this.function = createFunction(this, settings, {
      queues: this.#queues,
      secrets: { secret, keysByAccount, secretEncryptionKey },
      ledger: this.ledger,
      code,
    });
    this.grantPrincipal = this.function.grantPrincipal;
    const { senderAccounts } = settings;
    const sources = addSources(this, { senderAccounts, topic, eventRule }, this.#queues);
    const heartbeat = createHeartbeat(this, settings.heartbeatMinutes, this.#queues);
    this.monitoring =
      settings.monitoring === 'on'
        ? new Monitoring(this, 'Monitoring', {
            settings,
            queues: this.#queues,
            function: this.function,
            sources,
            pageTopic,
            ticketTopic,
            rule: ruleIn(this),
            heartbeat,
          })
        : undefined;
    Tags.of(this).add('application', 'finerworks-image-updates');
  }

  /** Allows to send events: messages to the queue, and the use of its key. */
  grantSend(grantee: IGrantable): Grant {
    const { queue, key } = this.#queues;
    const ofKey = grantKey(key, grantee, 'send');
    const ofQueue = queue.grant(
      grantee,
      'sqs:SendMessage',
      'sqs:GetQueueUrl',
      'sqs:GetQueueAttributes',
    );
    return ofKey === undefined ? ofQueue : ofQueue.combine(ofKey);
  }

  /**
   * Allows to read dead letters, send them again and delete them, with a tool or SQS's own move task. That
   * takes permission to decrypt and encrypt with the key, and to read in the ledger's table the reasons
   * that letters have no room for.
   */
  grantRedrive(grantee: IGrantable): void {
    this.grantSend(grantee);
    this.deadLetterQueue.grant(
      grantee,
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueUrl',
      'sqs:GetQueueAttributes',
      'sqs:StartMessageMoveTask',
      'sqs:ListMessageMoveTasks',
      'sqs:CancelMessageMoveTask',
    );
    grantKey(this.#queues.key, grantee, 'read');
    if (this.ledger !== undefined) grantReasons(this.ledger, grantee);
  }

  /** A metric that the function reports (docs/metrics.md): the sum of five minutes, unless `props` say otherwise. */
  metric(metricName: string, props: MetricOptions = {}): Metric {
    return new Metrics(this.function).own(metricName, metricName).with(props);
  }

  /** A text that names settings, as those know them who gave them: as properties. */
  protected inWordsOfUser(text: string): string {
    return inProps(text);
  }
}
