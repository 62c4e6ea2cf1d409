import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Heartbeat } from '../heartbeat.ts';
import type { Queues } from '../queues.ts';
import type { Settings } from '../setting-fields.ts';
import type { SourceDeadLetterQueues } from '../sources/sources.ts';
import type { Door } from '../webhooks/doors.ts';

/** What the dashboard and the alarms watch. */
export interface Monitored {
  readonly settings: Settings;
  readonly queues: Queues;
  readonly function: LambdaFunction;
  readonly sources: SourceDeadLetterQueues;
  readonly doors: readonly Door[];
  /** Topics that alarms go to instead of new ones. */
  readonly pageTopic: ITopic | undefined;
  readonly ticketTopic: ITopic | undefined;
  /** The rule of the source, where there is one. */
  readonly rule: CfnRule | undefined;
  /** Undefined where there is none. */
  readonly heartbeat: Heartbeat | undefined;
}
