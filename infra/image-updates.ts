import { fileURLToPath } from 'node:url';
import { Annotations, Tags } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { diagnose } from './doctor/doctor.ts';
import { diagnoseQueues, retentionHoursOf } from './doctor/queue-rules.ts';
import { diagnoseProbe } from './doctor/saved-probe.ts';
import { createKey, grantKey } from './encryption.ts';
import { createFunction } from './function.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { ImageUpdatesSettings } from './image-updates-settings.ts';
import { createLedger, grantReasons } from './ledger.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { tagsOf } from './operation-fields.ts';
import { createQueues, type Queues } from './queues.ts';
import { checkSettings, SettingsError } from './settings.ts';
import { addSources, ruleIn } from './sources/sources.ts';

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
  /** The ledger's table; undefined where the setting `ledger` is off. */
  readonly ledger: Table | undefined;
  readonly function: LambdaFunction;
  /** Dashboard, alarms and the two topics that alarms go to. */
  readonly monitoring: Monitoring;
  readonly #queues: Queues;

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
    this.#queues = createQueues(this, settings, key ?? createKey(this, settings), {
      ...(queue && { queue }),
      ...(deadLetterQueue && { deadLetterQueue }),
      retentionHours: retentionHoursOf({ queue, retentionHours }),
    });
    this.queue = this.#queues.queue;
    this.deadLetterQueue = this.#queues.deadLetterQueue;
    this.ledger = settings.ledger === 'on' ? createLedger(this) : undefined;
    this.function = createFunction(
      this,
      settings,
      this.#queues,
      this.ledger,
      code ?? Code.fromAsset(PACKED_FUNCTION),
    );
    const sources = addSources(this, settings, this.#queues);
    this.monitoring = new Monitoring(this, 'Monitoring', {
      settings,
      queues: this.#queues,
      function: this.function,
      sources,
      rule: ruleIn(this),
      heartbeat: createHeartbeat(this, settings.heartbeatMinutes, this.#queues),
    });
    Tags.of(this).add('application', 'finerworks-image-updates');
    for (const [name, value] of tagsOf(settings.tags)) Tags.of(this).add(name, value);
  }

  /** Allows to send events: messages to the queue, and the use of its key. */
  grantSend(grantee: IGrantable): void {
    const { queue, key } = this.#queues;
    queue.grant(grantee, 'sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes');
    grantKey(key, grantee, 'send');
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
}
