import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricWithAlarmSupport } from 'cdk-monitoring-constructs';
import { DEAD_LETTER_RETENTION } from '../queues.ts';
import { type Metrics, oldestIn, PERIOD, sumOf, waitingIn } from './metrics.ts';
import type { Monitored } from './monitored.ts';

/** Time left to act on a dead letter, a long weekend and two days that SQS may not have counted. */
const DAYS_BEFORE_EXPIRY = 5;

/**
 * An alarm: above the threshold in so many of so many periods of five minutes. Where gaps are filled, the
 * newest period may be filled only, so fewer periods than are evaluated must be enough (AWS: CloudWatch
 * metric math, FILL).
 */
export interface Alarm {
  /** The alarm's name, and the name of its section in the runbook. */
  readonly name: string;
  /** `page` wakes somebody; `ticket` waits until the morning. */
  readonly level: 'page' | 'ticket';
  /** What it means, for people on call. */
  readonly meaning: string;
  readonly metric: MetricWithAlarmSupport;
  readonly above: number;
  readonly periods: readonly [breaching: number, of: number];
}

/** Every alarm of a deployment. */
export function alarmList(metrics: Metrics, monitored: Monitored): Alarm[] {
  return [...pages(metrics, monitored), ...tickets(metrics, monitored)];
}

/** Alarms that wake people: changes do not reach FinerWorks, and waiting does not help. */
function pages(metrics: Metrics, { settings, queues }: Monitored): Alarm[] {
  const minutes = settings.oldestMessageMinutes;
  return [
    {
      name: 'OldestMessage',
      level: 'page',
      meaning: `A change has been waiting for more than ${minutes} minutes: FinerWorks is down or slow, or there is more to do than the settings allow.`,
      metric: new MathExpression({
        label: 'oldest message',
        // SQS leaves out messages that were received three times (AWS: SQS, CloudWatch metrics), so in
        // an outage all of them; the function knows the age of what it returns.
        expression: 'MAX([FILL(waiting, 0), FILL(returned, 0)])',
        usingMetrics: {
          waiting: oldestIn(queues.queue, 'waiting'),
          returned: metrics.own('ReturnedAge', 'returned', Stats.MAXIMUM),
        },
        period: PERIOD,
      }),
      above: minutes * 60,
      periods: [2, 4],
    },
    {
      name: 'KeyFailures',
      level: 'page',
      meaning:
        'FinerWorks does not accept the keys, or a secret can not be read: the default set, without which nothing goes through, or that of one account.',
      metric: sumOf('key failures', {
        refused: metrics.ofReason('Returned', 'BadKeys'),
        stale: metrics.own('KeysStale', 'stale'),
      }),
      above: 0,
      periods: [2, 4],
    },
    {
      name: 'SystemicRefusal',
      level: 'page',
      meaning:
        'FinerWorks refuses many images one by one and takes none: an address, an account or the API itself is at fault, not the images.',
      metric: metrics.ofReason('Returned', 'SystemicRefusal'),
      above: 0,
      periods: [2, 4],
    },
    {
      name: 'NotTaken',
      level: 'page',
      meaning:
        'FinerWorks answers success to updates and still shows images as they were, or takes only some images of a call: fewer go into a call now.',
      metric: new MathExpression({
        label: 'not taken',
        expression: `FILL(returned, 0) + IF(FILL(size, ${settings.maxImagesPerCall}) < ${settings.maxImagesPerCall}, 1, 0)`,
        usingMetrics: {
          returned: metrics.ofReason('Returned', 'NotTaken'),
          size: metrics.own('CallSize', 'images a call', Stats.MINIMUM),
        },
        period: PERIOD,
      }),
      above: 0,
      periods: [2, 4],
    },
    {
      name: 'FunctionErrors',
      level: 'page',
      meaning:
        'Whole invocations fail: the function crashes, runs out of time or memory, or has no keys at all. Their records come back.',
      metric: metrics.lambda('Errors', 'errors'),
      above: 0,
      periods: [2, 4],
    },
    {
      name: 'FunctionThrottled',
      level: 'page',
      meaning:
        'Lambda does not let the function run, mostly because the account has used up its concurrency.',
      metric: metrics.lambda('Throttles', 'throttles'),
      above: 0,
      periods: [3, 4],
    },
    {
      name: 'NotInvoked',
      level: 'page',
      meaning:
        'Messages wait, and the function is not invoked: the event source is paused, disabled or not permitted.',
      metric: new MathExpression({
        label: 'waiting without an invocation',
        expression: 'IF(FILL(waiting, 0) > 0 AND FILL(invocations, 0) == 0, waiting, 0)',
        usingMetrics: {
          waiting: waitingIn(queues.queue, 'waiting'),
          invocations: metrics.lambda('Invocations', 'invocations'),
        },
        period: PERIOD,
      }),
      above: 0,
      periods: [3, 4],
    },
  ];
}

/** Alarms for the morning: they concern single events, while all others go through. */
function tickets(metrics: Metrics, { queues, sources }: Monitored): Alarm[] {
  const { deadLetterQueue } = queues;
  const keptDays = DEAD_LETTER_RETENTION.toDays();
  const tickets: Alarm[] = [
    {
      name: 'DeadLetters',
      level: 'ticket',
      meaning: 'Events can never succeed as they are. Each dead letter says why.',
      metric: waitingIn(deadLetterQueue, 'dead letters'),
      above: 0,
      periods: [1, 1],
    },
    {
      name: 'WouldRemoveInventory',
      level: 'ticket',
      meaning:
        'A change was held back, because FinerWorks would have removed the virtual inventory products of its image, which shops sell.',
      metric: metrics.ofReason('DeadLettered', 'WouldRemoveInventory'),
      above: 0,
      periods: [1, 1],
    },
    {
      name: 'DeadLettersExpire',
      level: 'ticket',
      meaning: `The oldest dead letter is ${keptDays - DAYS_BEFORE_EXPIRY} days old or more. SQS deletes it when it is ${keptDays} days old.`,
      metric: oldestIn(deadLetterQueue, 'oldest dead letter'),
      above: Duration.days(keptDays - DAYS_BEFORE_EXPIRY).toSeconds(),
      periods: [1, 1],
    },
  ];
  for (const [source, queue] of Object.entries(sources)) {
    tickets.push({
      name: source === 'topic' ? 'TopicUndelivered' : 'RuleUndelivered',
      level: 'ticket',
      meaning: `The ${source} could not put events on the queue. They wait in a queue of their own, as they were.`,
      metric: waitingIn(queue, 'undelivered'),
      above: 0,
      periods: [1, 1],
    });
  }
  return tickets;
}
