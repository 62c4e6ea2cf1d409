import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { MAX_REFUSED } from '../../lambda/lanes/account-health.ts';
import { type Alarm, CONTINUOUS, LASTING, REPEATED, spanning } from './alarm.ts';
import {
  attemptsOf,
  failedInvocationsOf,
  type Metrics,
  ofDoors,
  oldestIn,
  PERIOD,
  QUARTER,
  waitingIn,
} from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { pauseOfErrors, pauseOfRetries } from './pauses.ts';

/** So many dead letters in a quarter of an hour are no single events any more. */
const FLOOD = 100;

/** Alarms that wake people: changes do not reach FinerWorks, and waiting does not help. */
export function pages(
  metrics: Metrics,
  { settings, queues, rule, doors, heartbeat }: Monitored,
): Alarm[] {
  const minutes = settings.oldestMessageMinutes;
  const { maxImagesPerCall } = settings;
  const pages: Alarm[] = [
    {
      name: 'OldestMessage',
      level: 'page',
      meaning: `A change has been waiting for more than ${minutes} minutes: FinerWorks is down or slow, or there is more to do than the settings allow.`,
      metric: new MathExpression({
        label: 'oldest message',
        // SQS leaves out messages that were received three times (AWS: SQS, CloudWatch metrics), so in
        // an outage all of them; the function knows the age of what it returns. AWS advises against MAX in
        // alarms; to compare counts a missing value as 0 (AWS: CloudWatch metric math).
        expression: 'IF(returned > waiting, returned, waiting)',
        usingMetrics: {
          waiting: oldestIn(queues.queue, 'waiting'),
          returned: metrics.own('ReturnedAge', 'returned', Stats.MAXIMUM),
        },
        period: PERIOD,
      }),
      above: minutes * 60,
      periods: spanning(LASTING, pauseOfRetries(settings)),
    },
    {
      name: 'KeyFailures',
      level: 'page',
      meaning:
        'FinerWorks does not accept the keys, or a secret can not be read: the default set, without which nothing goes through, or that of one account.',
      metric: metrics.own('KeyFailures', 'key failures'),
      above: 0,
      periods: REPEATED,
    },
    {
      name: 'SystemicRefusal',
      level: 'page',
      meaning:
        'FinerWorks refuses many images of an account and takes none: an address, an account or the API itself is at fault, not the images.',
      // Fewer images are dead-lettered soon, each with its refusal (docs/reasons.md).
      metric: metrics.own('RefusedImages', 'images refused, none taken', Stats.MAXIMUM),
      above: Math.min(settings.systemicRefusalImages, MAX_REFUSED) - 1,
      periods: REPEATED,
    },
    {
      name: 'NotTaken',
      level: 'page',
      meaning:
        'FinerWorks answers success to updates and still shows images as they were, or takes only some images of a call: fewer go into a call now.',
      metric: new MathExpression({
        label: 'not taken',
        // The function writes both in each invocation.
        expression: `returned + IF(size < ${maxImagesPerCall}, 1, 0)`,
        usingMetrics: {
          returned: metrics.own('ReturnedNotTaken', 'returned'),
          size: metrics.own('CallSize', 'images a call', Stats.MINIMUM),
        },
        period: PERIOD,
      }),
      above: 0,
      periods: REPEATED,
    },
    {
      name: 'RetriesExhausted',
      level: 'page',
      meaning:
        'Events were given up after all their retries, and no image of theirs is the cause: the pipeline, an account or FinerWorks is.',
      metric: metrics.own('RetriesExhausted', 'given up', Stats.SUM, QUARTER),
      above: 0,
      periods: LASTING,
    },
    {
      name: 'DeadLetterFlood',
      level: 'page',
      meaning: `More than ${FLOOD} events were dead-lettered within a quarter of an hour, for whatever reasons.`,
      metric: metrics.own('DeadLettered', 'dead-lettered', Stats.SUM, QUARTER),
      above: FLOOD,
      periods: LASTING,
    },
    {
      name: 'FunctionErrors',
      level: 'page',
      meaning:
        'Whole invocations fail: the function crashes, runs out of time or memory, or has no keys at all. Their records come back.',
      metric: metrics.lambda('Errors', 'errors'),
      above: 0,
      periods: spanning(REPEATED, pauseOfErrors(settings)),
    },
    {
      name: 'FunctionThrottled',
      level: 'page',
      meaning:
        'Lambda does not let the function run, mostly because the account has used up its concurrency.',
      metric: metrics.lambda('Throttles', 'throttles'),
      above: 0,
      periods: CONTINUOUS,
    },
    {
      name: 'NotInvoked',
      level: 'page',
      meaning:
        'Messages wait, and the function is not invoked: the event source is paused, disabled or not permitted.',
      metric: new MathExpression({
        label: 'waiting while nothing runs',
        // Lambda counts an invocation once, and those at once in each minute that they run. Where none runs
        // that metric is missing: compared with another series it then counts as 0.
        expression: 'IF(running > waiting * 0, 0, waiting)',
        usingMetrics: {
          waiting: waitingIn(queues.queue, 'waiting'),
          running: metrics.lambda('ConcurrentExecutions', 'running', Stats.MAXIMUM),
        },
        period: PERIOD,
      }),
      above: 0,
      periods: CONTINUOUS,
    },
  ];
  if (rule !== undefined) {
    pages.push({
      name: 'RuleFailed',
      level: 'page',
      meaning:
        'The EventBridge rule failed to put events on the queue, and did not put them into its own dead-letter queue either: they are lost.',
      metric: failedInvocationsOf(rule),
      above: 0,
      periods: LASTING,
    });
  }
  if (doors.length > 0) {
    pages.push({
      name: 'WebhookErrors',
      level: 'page',
      meaning:
        'Doors answer webhooks with errors: the secret, the queue or a PIM can not be reached, or a door fails. Most senders try again a few times, and then give up; WooCommerce does not.',
      metric: ofDoors(doors, 'Url5xxCount', 'errors'),
      above: 0,
      periods: REPEATED,
    });
  }
  if (heartbeat !== undefined) {
    const period = Duration.minutes(heartbeat.minutes);
    pages.push({
      name: 'NoHeartbeat',
      level: 'page',
      meaning:
        'Heartbeats are sent, and no answer of FinerWorks comes: something on the way from the queue to it does not work, although there may be no event that waits.',
      metric: new MathExpression({
        label: 'heartbeats without an answer',
        // Not breaching by missing data: that would ring with the deployment, before the first heartbeat.
        expression: 'sent - answered',
        usingMetrics: {
          sent: attemptsOf(heartbeat),
          answered: metrics.own('Heartbeats', 'answered', Stats.SUM, period),
        },
        period,
      }),
      above: 0,
      periods: CONTINUOUS,
    });
  }
  return pages;
}
