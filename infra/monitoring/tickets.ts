import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { DEAD_LETTER_RETENTION } from '../queues.ts';
import { type Alarm, LASTING, REPEATED, spanning } from './alarm.ts';
import { type Metrics, ofDoors, oldestIn, QUARTER, waitingIn } from './metrics.ts';
import type { Monitored } from './monitored.ts';
import { pauseOfRetries } from './pauses.ts';

/** Time left to act on a dead letter, a long weekend and two days that SQS may not have counted. */
const DAYS_BEFORE_EXPIRY = 5;

/** Alarms for the morning: they concern single events, while all others go through. */
export function tickets(
  metrics: Metrics,
  { settings, queues, sources, doors }: Monitored,
): Alarm[] {
  const { deadLetterQueue } = queues;
  const keptDays = DEAD_LETTER_RETENTION.toDays();
  const minutes = settings.oldestMessageMinutes;
  const tickets: (Omit<Alarm, 'level' | 'periods'> & Partial<Pick<Alarm, 'periods'>>)[] = [
    {
      name: 'InvalidEvents',
      meaning:
        'A producer sends events that can never succeed as they are written. Each dead letter says why.',
      metric: metrics.own('InvalidEvents', 'invalid events', Stats.SUM, QUARTER),
      above: 0,
    },
    {
      name: 'FaultyImages',
      meaning:
        'FinerWorks refuses single images, or fails on them until they were given up, while others go through. Each dead letter says which.',
      metric: metrics.own('FaultyImages', 'images at fault', Stats.SUM, QUARTER),
      above: 0,
    },
    {
      name: 'FailingImages',
      meaning: `FinerWorks has been failing on single images for more than ${minutes} minutes, while others go through. They are tried again.`,
      metric: metrics.own('FailingAge', 'oldest of a failing image', Stats.MAXIMUM),
      above: minutes * 60,
      periods: spanning(LASTING, pauseOfRetries(settings)),
    },
    {
      name: 'WouldRemoveInventory',
      meaning:
        'A change was held back, because FinerWorks would have removed the virtual inventory products of its image, which shops sell.',
      metric: metrics.ofReason('DeadLettered', 'WouldRemoveInventory').with({ period: QUARTER }),
      above: 0,
    },
    {
      name: 'DeadLetters',
      meaning: 'Dead letters lie in their queue, and wait for somebody to redrive or discard them.',
      metric: waitingIn(deadLetterQueue, 'dead letters'),
      above: 0,
    },
    {
      name: 'DeadLettersExpire',
      meaning: `The oldest dead letter is ${keptDays - DAYS_BEFORE_EXPIRY} days old or more. SQS deletes it when it is ${keptDays} days old.`,
      metric: oldestIn(deadLetterQueue, 'oldest dead letter'),
      above: Duration.days(keptDays - DAYS_BEFORE_EXPIRY).toSeconds(),
    },
  ];
  for (const source of ['topic', 'rule'] as const) {
    const queue = sources[source];
    if (queue === undefined) continue;
    tickets.push({
      name: source === 'topic' ? 'TopicUndelivered' : 'RuleUndelivered',
      meaning: `The ${source} could not put events on the queue. They wait in a queue of their own, as they were.`,
      metric: waitingIn(queue, 'undelivered'),
      above: 0,
    });
  }
  if (sources.webhooks !== undefined) {
    tickets.push(
      {
        name: 'WebhooksUndelivered',
        meaning:
          'Signed webhooks could not be mapped. They wait in a queue of their own, each with its reason.',
        metric: waitingIn(sources.webhooks, 'undelivered'),
        above: 0,
      },
      {
        name: 'WebhooksUnsigned',
        meaning:
          'Webhooks come whose signature is not right: a secret differs, and their sender will give up; or they are not of the sender.',
        metric: ofDoors(doors, 'WebhooksUnsigned', 'not signed'),
        above: 0,
        periods: REPEATED,
      },
    );
  }
  return tickets.map((ticket) => ({ periods: LASTING, ...ticket, level: 'ticket' }));
}
