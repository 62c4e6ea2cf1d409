import { fileURLToPath } from 'node:url';
import { Annotations, Tags } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alias, Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { grantOperate } from './access/operator.ts';
import type { Parts } from './access/parts.ts';
import { grantSend } from './access/producer.ts';
import { grantView } from './access/viewer.ts';
import { DEFAULT_SECRET_NAME } from './account-keys.ts';
import { diagnoseProps } from './doctor/diagnose-props.ts';
import { retentionHoursOf } from './doctor/queue-rules.ts';
import { createFunction } from './function.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { ImageUpdatesProps } from './image-updates-props.ts';
import { createLedger } from './ledger.ts';
import { Metrics } from './monitoring/metrics.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { inProps } from './prop-names.ts';
import { createQueues } from './queues.ts';
import { createRollout } from './rollout.ts';
import { SettingsError } from './settings-error.ts';
import { settingsOfProps } from './settings-of-props.ts';
import { addSources, ruleIn, type SourceDeadLetterQueues } from './sources/sources.ts';
import { createTrail } from './trail.ts';
import { createDoors, type Door } from './webhooks/doors.ts';
import { DEFAULT_WEBHOOK_SECRET_NAME } from './webhooks/webhook-fields.ts';

export { AccountKeys } from './account-keys.ts';
export type { ImageUpdatesProps } from './image-updates-props.ts';
export type { ImageUpdatesSettings } from './image-updates-settings.ts';
export type { AlarmTopics } from './monitoring/topics.ts';
export type { OutcomesTarget } from './outcomes/outcomes-target.ts';
export type { EventRule, SourceDeadLetterQueues } from './sources/sources.ts';
export type { Door } from './webhooks/doors.ts';
export type { WebhookFields } from './webhooks/webhook-fields.ts';
export type { Monitoring };

/** Put there when the package is built; in the repository there is none, and its stack gives `code`. */
const PACKED_FUNCTION = fileURLToPath(new URL('../function', import.meta.url));

const PACKED_DOOR = fileURLToPath(new URL('../door', import.meta.url));

/**
 * Takes image-metadata change events from a queue to FinerWorks: the queue, the function that
 * consumes it, its ledger and its trail, the queue of dead letters, a dashboard and alarms.
 *
 * As a grantee it stands for the function's role: `table.grantReadData(updates)`.
 */
export class ImageUpdates extends Construct implements IGrantable {
  /** Where producers send events. */
  readonly queue: IQueue;
  /** Messages that can never succeed, each with its reason. */
  readonly deadLetterQueue: IQueue;
  /** What a topic or a rule could not deliver, or the doors for webhooks could not map. */
  readonly undelivered: SourceDeadLetterQueues;
  /** The ledger's table; undefined where `ledger` is false. */
  readonly ledger: Table | undefined;
  /** The trail's table; undefined where `trailRetention` is 0. */
  readonly trail: Table | undefined;
  /** The doors for webhooks: a function with an address for each source of `webhooks`. */
  readonly doors: readonly Door[];
  /** What takes the events to FinerWorks. */
  readonly function: LambdaFunction;
  /** `live`, which the event source invokes: the version that takes events. */
  readonly alias: Alias;
  /** Dashboard, alarms and the two topics that alarms go to; undefined where `monitoring` is false. */
  readonly monitoring: Monitoring | undefined;
  /** The role of the function. */
  readonly grantPrincipal: IPrincipal;
  readonly #parts: Parts;

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
      formerEncryptionKeys = [],
      deletionProtection = false,
      topic,
      eventRule,
      pageTopic,
      outcomesTarget,
      ticketTopic,
      probe,
      webhookSecret,
      doorCode,
      code = Code.fromAsset(PACKED_FUNCTION),
      ...shared
    } = props;
    const settings = settingsOfProps(shared);
    this.#report(diagnoseProps(this, settings, { ...props, secret }));

    const queues = createQueues(this, settings, encryptionKey, {
      ...(queue && { queue }),
      ...(deadLetterQueue && { deadLetterQueue }),
      retentionHours: retentionHoursOf(props),
      formerKeys: formerEncryptionKeys,
    });
    const kept = { key: encryptionKey, deletionProtection };
    const ledger = settings.ledger === 'on' ? createLedger(this, kept) : undefined;
    const trail = settings.trailDays > 0 ? createTrail(this, kept) : undefined;
    const secrets = { secret, keysByAccount, secretEncryptionKey };
    const deployed = createFunction(this, settings, {
      queues,
      secrets,
      ledger,
      trail,
      outcomesTarget,
      code,
    });
    const { senderAccounts, heartbeatMinutes } = settings;
    const doors = createDoors(this, settings, {
      queues,
      secret: () =>
        webhookSecret ??
        Secret.fromSecretNameV2(this, 'WebhookSecret', DEFAULT_WEBHOOK_SECRET_NAME),
      secretEncryptionKey,
      code: () => doorCode ?? Code.fromAsset(PACKED_DOOR),
    });
    const sources = {
      ...addSources(this, { senderAccounts, topic, eventRule }, queues),
      ...(doors && { webhooks: doors.undelivered }),
    };
    const heartbeat = createHeartbeat(this, heartbeatMinutes, queues);
    if (settings.monitoring === 'on') {
      this.monitoring = new Monitoring(this, 'Monitoring', {
        settings,
        queues,
        function: deployed.function,
        sources,
        doors: doors?.doors ?? [],
        pageTopic,
        ticketTopic,
        rule: ruleIn(this),
        heartbeat,
      });
      // Without an alarm nothing would say that a new version is bad.
      if (settings.rollout === 'gradual') {
        createRollout(this, deployed.alias, this.monitoring.alarms);
      }
    }
    this.queue = queues.queue;
    this.deadLetterQueue = queues.deadLetterQueue;
    this.undelivered = sources;
    this.doors = doors?.doors ?? [];
    this.ledger = ledger;
    this.trail = trail;
    this.function = deployed.function;
    this.alias = deployed.alias;
    this.grantPrincipal = deployed.function.grantPrincipal;
    this.#parts = {
      ...{ queues, ledger, trail, deployed },
      undelivered: Object.values(sources),
      doors: this.doors,
      monitoring: this.monitoring,
    };
    Tags.of(this).add('application', 'finerworks-image-updates');
  }

  /** Allows to send events: messages to the queue, and the use of its key. */
  grantSend(grantee: IGrantable): Grant {
    return grantSend(this.#parts, grantee);
  }

  /** Allows to look at everything and to change nothing: state, dead letters, ledger, trail. */
  grantView(grantee: IGrantable): void {
    grantView(this.#parts, grantee);
  }

  /** Allows to look, to send, to redrive and discard dead letters, to forget images, to pause and to roll back. */
  grantOperate(grantee: IGrantable): void {
    grantOperate(this.#parts, grantee);
  }

  /** A metric that the function reports (docs/metrics.md): the sum of five minutes, unless `props` say otherwise. */
  metric(metricName: string, props: MetricOptions = {}): Metric {
    return new Metrics(this.function).own(metricName, metricName).with(props);
  }

  /** A text that names settings, as those know them who gave them: as properties. */
  protected inWordsOfUser(text: string): string {
    return inProps(text);
  }

  /** @throws {SettingsError} where anything is refused */
  #report(findings: ReturnType<typeof diagnoseProps>): void {
    const refusals = findings.filter(({ level }) => level === 'refuse');
    if (refusals.length > 0) {
      const lines = refusals.map(({ setting, message }) => `${setting}: ${message}`);
      throw new SettingsError(this.inWordsOfUser(lines.join('\n')));
    }
    for (const { rule, setting, message } of findings) {
      const text = this.inWordsOfUser(`${setting} ${message}`);
      Annotations.of(this).addWarningV2(`image-updates:${rule}`, text);
    }
  }
}
