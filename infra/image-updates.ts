import { fileURLToPath } from 'node:url';
import { Annotations, Tags } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Alias, Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { grantOperate } from './access/operator.ts';
import type { Parts } from './access/parts.ts';
import { grantSend } from './access/producer.ts';
import { grantView } from './access/viewer.ts';
import { diagnose } from './doctor/doctor.ts';
import { diagnoseQueues, retentionHoursOf } from './doctor/queue-rules.ts';
import { diagnoseProbe } from './doctor/saved-probe.ts';
import { createKey } from './encryption.ts';
import { createFunction } from './function.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { ImageUpdatesSettings } from './image-updates-settings.ts';
import { createLedger } from './ledger.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { tagsOf } from './operation-fields.ts';
import { createQueues } from './queues.ts';
import { createRollout } from './rollout.ts';
import { checkSettings, SettingsError } from './settings.ts';
import { addSources, ruleIn, type SourceDeadLetterQueues } from './sources/sources.ts';

/** Put there when the package is built; in the repository there is none, and its stack gives `code`. */
const PACKED_FUNCTION = fileURLToPath(new URL('../function', import.meta.url));

/** Every setting, and the resources that exist already. */
export interface ImageUpdatesProps extends ImageUpdatesSettings {
  /**
   * A queue that events arrive at already, better a standard one than FIFO (docs/queues.md). Its
   * visibility timeout must be at least six times `timeoutSeconds` and the window, and
   * `maxReceiveCount` that of its redrive policy; where the queue is made in the same app, both are
   * checked.
   *
   * @default a new queue
   */
  readonly queue?: IQueue;
  /**
   * Hours that a queue which is not of this app keeps a message: what would be lost by that is
   * dead-lettered before.
   *
   * @default as `queue` is made; 96 for one that is not of this app, SQS's own default
   */
  readonly retentionHours?: number;
  /**
   * Where the function sends what can never succeed; FIFO where `queue` is.
   *
   * @default a new queue that keeps dead letters for 14 days
   */
  readonly deadLetterQueue?: IQueue;
  /**
   * The customer-managed key that encrypts both queues and the alarm topics; it overrides the
   * setting `queueKey`. With `queue`, it must be that queue's key.
   *
   * @default as the setting `queueKey` has it
   */
  readonly key?: IKey;
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
 * @throws {SettingsError} with one line for each setting that is wrong
 */
export class ImageUpdates extends Construct {
  /** Where producers send events. */
  readonly queue: IQueue;
  /** Messages that can never succeed, each with its reason. */
  readonly deadLetterQueue: IQueue;
  /** What a topic or a rule of the settings could not deliver. */
  readonly undelivered: SourceDeadLetterQueues;
  /** The ledger's table; undefined where the setting `ledger` is off. */
  readonly ledger: Table | undefined;
  readonly function: LambdaFunction;
  /** `live`, which the event source invokes: the version that takes events. */
  readonly alias: Alias;
  /** Dashboard, alarms and the two topics that alarms go to. */
  readonly monitoring: Monitoring;
  readonly #parts: Parts;

  constructor(scope: Construct, id: string, props: ImageUpdatesProps) {
    super(scope, id);
    const { queue, deadLetterQueue, retentionHours, key, probe, code, ...given } = props;
    const settings = checkSettings({ ...given });
    const aboutQueues = diagnoseQueues(settings, { queue, deadLetterQueue, retentionHours });
    const refusals = aboutQueues.filter(({ level }) => level === 'refuse');
    if (refusals.length > 0) {
      throw new SettingsError(
        refusals.map(({ setting, message }) => `${setting}: ${message}`).join('\n'),
      );
    }
    const warnings = [...diagnose(settings, 'warn'), ...aboutQueues];
    for (const { rule, setting, message } of [...warnings, ...diagnoseProbe(settings, probe)]) {
      Annotations.of(this).addWarningV2(`image-updates:${rule}`, `${setting} ${message}`);
    }
    const queues = createQueues(this, settings, key ?? createKey(this, settings), {
      ...(queue && { queue }),
      ...(deadLetterQueue && { deadLetterQueue }),
      retentionHours: retentionHoursOf({ queue, retentionHours }),
    });
    const ledger = settings.ledger === 'on' ? createLedger(this, settings) : undefined;
    const bundle = code ?? Code.fromAsset(PACKED_FUNCTION);
    const deployed = createFunction(this, settings, queues, ledger, bundle);
    const sources = addSources(this, settings, queues);
    this.monitoring = new Monitoring(this, 'Monitoring', {
      settings,
      queues,
      function: deployed.function,
      sources,
      rule: ruleIn(this),
      heartbeat: createHeartbeat(this, settings.heartbeatMinutes, queues),
    });
    if (settings.rollout === 'gradual') {
      createRollout(this, deployed.alias, this.monitoring.alarms);
    }
    this.queue = queues.queue;
    this.deadLetterQueue = queues.deadLetterQueue;
    this.undelivered = sources;
    this.ledger = ledger;
    this.function = deployed.function;
    this.alias = deployed.alias;
    this.#parts = {
      ...{ settings, queues, ledger, deployed },
      undelivered: Object.values(sources),
      alarmTopics: Object.values(this.monitoring.topics),
    };
    Tags.of(this).add('application', 'finerworks-image-updates');
    for (const [name, value] of tagsOf(settings.tags)) Tags.of(this).add(name, value);
  }

  /** Allows to send events: messages to the queue, and the use of its key. */
  grantSend(grantee: IGrantable): void {
    grantSend(this.#parts, grantee);
  }

  /** Allows to look at everything and to change nothing: state, dead letters, ledger. */
  grantView(grantee: IGrantable): void {
    grantView(this.#parts, grantee);
  }

  /** Allows to look, to send, to redrive and discard dead letters, to forget images, to pause and to roll back. */
  grantOperate(grantee: IGrantable): void {
    grantOperate(this.#parts, grantee);
  }
}
