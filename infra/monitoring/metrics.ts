import { Duration, Fn } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Reason } from '../../lambda/verdicts/reasons.ts';
import type { DoorCount } from '../../webhooks/answers.ts';
import type { Heartbeat } from '../heartbeat.ts';
import type { Door } from '../webhooks/doors.ts';

/** What the function writes its own metrics under (lambda/runtime/powertools.ts). */
const NAMESPACE = 'FinerWorksImageUpdates';

/** One point of every graph and one step of every alarm. */
export const PERIOD = Duration.minutes(5);

/** One step of alarms on what needs a person each time: four of them make an hour without a second mail. */
export const QUARTER = Duration.minutes(15);

/** What doors count, and the answers 5xx that Lambda counts (AWS: Lambda, monitoring function URLs). */
export type DoorMetric = DoorCount | 'Url5xxCount';

/** The metrics of one deployment, by what they mean. */
export class Metrics {
  readonly #updates: LambdaFunction;

  constructor(updates: LambdaFunction) {
    this.#updates = updates;
  }

  /** A count or a time that the function reports, for all reasons together. */
  own(metricName: string, label: string, statistic: string = Stats.SUM, period = PERIOD): Metric {
    return this.#metric(metricName, label, statistic, {}).with({ period });
  }

  /** Records of one verdict and one reason. */
  ofReason(metricName: 'Returned' | 'DeadLettered', reason: Reason): Metric {
    return this.#metric(metricName, reason, Stats.SUM, { reason });
  }

  /** Records of one verdict, a line for each reason that occurred. */
  byReason(metricName: 'Returned' | 'DeadLettered'): MathExpression {
    const { functionName } = this.#updates;
    return new MathExpression({
      expression: `SEARCH('{${NAMESPACE},reason,service} service="${functionName}" MetricName="${metricName}"', 'Sum', ${PERIOD.toSeconds()})`,
      label: '',
      period: PERIOD,
    });
  }

  /** One of Lambda's own metrics of the function. */
  lambda(metricName: string, label: string, statistic: string = Stats.SUM): Metric {
    return this.#updates.metric(metricName, { label, statistic, period: PERIOD });
  }

  #metric(
    metricName: string,
    label: string,
    statistic: string,
    dimensions: Record<string, string>,
  ): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      label,
      statistic,
      period: PERIOD,
      // Each deployment of an account and region counts separately.
      dimensionsMap: { service: this.#updates.functionName, ...dimensions },
    });
  }
}

/** A metric of every door for webhooks together: one of their own, or one of Lambda's. */
export function ofDoors(
  doors: readonly Door[],
  metricName: DoorMetric,
  label: string,
): MathExpression {
  const metrics = doors.map(({ function: door }, at): [string, Metric] => [
    // A graph knows each of its metrics by another id.
    `${metricName.charAt(0).toLowerCase()}${metricName.slice(1)}${at}`,
    metricName === 'Url5xxCount'
      ? door.metric(metricName, { statistic: Stats.SUM, period: PERIOD })
      : new Metrics(door).own(metricName, metricName),
  ]);
  return new MathExpression({
    label,
    // Between two series a missing value counts as 0 (AWS: CloudWatch metric math).
    expression: metrics.map(([id]) => id).join(' + '),
    usingMetrics: Object.fromEntries(metrics),
    period: PERIOD,
  });
}

/** Messages that wait in a queue, not counting hidden ones. */
export function waitingIn(queue: IQueue, label: string): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({
    label,
    statistic: Stats.MAXIMUM,
    period: PERIOD,
  });
}

/** Seconds since the oldest message was sent or, in a dead-letter queue, since it came there. */
export function oldestIn(queue: IQueue, label: string): Metric {
  return queue.metricApproximateAgeOfOldestMessage({
    label,
    statistic: Stats.MAXIMUM,
    period: PERIOD,
  });
}

/** What a rule failed to put on the queue, and into its dead-letter queue as well. */
export function failedInvocationsOf(rule: CfnRule): Metric {
  // `rule/NAME` of the default bus, `rule/BUS/NAME` of another (AWS: Service Authorization Reference).
  const part = (at: number) => Fn.select(at, Fn.split('/', rule.attrArn));
  const isDefaultBus = /(^|\/)default$/.test(rule.eventBusName ?? 'default');
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'FailedInvocations',
    label: 'failed',
    statistic: Stats.SUM,
    period: QUARTER,
    // Only other buses than the default one are a dimension (AWS: EventBridge, monitoring).
    dimensionsMap: isDefaultBus
      ? { RuleName: part(1) }
      : { EventBusName: part(1), RuleName: part(2) },
  });
}

/** How often EventBridge Scheduler tried to put a message of the group on the queue. */
export function attemptsOf({ scheduleGroup, minutes }: Heartbeat): Metric {
  return new Metric({
    namespace: 'AWS/Scheduler',
    metricName: 'InvocationAttemptCount',
    label: 'sent',
    statistic: Stats.SUM,
    period: Duration.minutes(minutes),
    dimensionsMap: { ScheduleGroup: scheduleGroup },
  });
}
