import {
  AlarmStatusWidget,
  type IAlarm,
  LogQueryVisualizationType,
  LogQueryWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { CustomMetricGroup, MonitoringFacade } from 'cdk-monitoring-constructs';
import { type Metrics, ofDoors, oldestIn, waitingIn } from './metrics.ts';
import type { Monitored } from './monitored.ts';

const FULL_WIDTH = 24;
const ROW_HEIGHT = 6;

/** Lays out the dashboard: one row for each question, the most urgent first. */
export function layOut(
  facade: MonitoringFacade,
  metrics: Metrics,
  { queues, function: updates, doors, heartbeat }: Monitored,
  alarms: IAlarm[],
): void {
  const row = (humanReadableName: string, metricGroups: CustomMetricGroup[]) =>
    facade.monitorCustom({
      alarmFriendlyName: humanReadableName,
      humanReadableName,
      metricGroups,
      height: ROW_HEIGHT,
      addToAlarmDashboard: false,
    });
  facade.addWidget(
    new AlarmStatusWidget({ title: 'Alarms', alarms, width: FULL_WIDTH, height: 3 }),
  );
  row('Are changes reaching FinerWorks?', [
    {
      title: 'Events in, images updated',
      metrics: [
        metrics.own('Records', 'events received'),
        metrics.own('Images', 'images updated'),
        metrics.own('Coalesced', 'changes a newer one stands for'),
        metrics.own('Unchanged', 'changes FinerWorks has already'),
        metrics.own('Superseded', 'changes too old'),
        ...(heartbeat === undefined ? [] : [metrics.own('Heartbeats', 'heartbeats answered')]),
      ],
    },
    {
      title: 'Calls',
      metrics: [
        metrics.own('Calls', 'calls'),
        metrics.own('IsolationCalls', 'to find bad images'),
        metrics.own('ListCalls', 'to look for products, or to read back'),
        metrics.own('CallSize', 'images in a call at most', Stats.MINIMUM),
      ],
    },
    {
      title: 'Images read back',
      metrics: [
        metrics.own('Verified', 'seen as they were sent'),
        metrics.own('Rewritten', 'stored as another text'),
        metrics.own('NotTaken', 'not taken'),
        metrics.own('Unverified', 'the reading failed'),
        metrics.own('Unverifiable', 'shown by no list'),
      ],
    },
  ]);
  row('How late?', [
    {
      title: 'From sending to FinerWorks, in seconds',
      metrics: [
        metrics.own('Latency', 'p50', Stats.percentile(50)),
        metrics.own('Latency', 'p99', Stats.percentile(99)),
      ],
    },
    {
      title: 'Oldest message, in seconds',
      metrics: [
        oldestIn(queues.queue, 'waiting'),
        metrics.own('ReturnedAge', 'returned by the function', Stats.MAXIMUM),
      ],
    },
    {
      title: 'Messages',
      metrics: [
        waitingIn(queues.queue, 'waiting'),
        queues.queue.metricApproximateNumberOfMessagesNotVisible({ label: 'in flight or hidden' }),
      ],
    },
  ]);
  row('Why not?', [
    { title: 'Returned to the queue, by reason', metrics: [metrics.byReason('Returned')] },
    { title: 'Dead-lettered, by reason', metrics: [metrics.byReason('DeadLettered')] },
    { title: 'Dead letters waiting', metrics: [waitingIn(queues.deadLetterQueue, 'dead letters')] },
    {
      title: 'Keys, breaker, throttles',
      metrics: [
        metrics.own('KeyReloads', 'keys refused, read again'),
        metrics.own('KeysStale', 'secret unreadable'),
        metrics.own('BreakerOpenings', 'breaker opened'),
        metrics.own('Throttled', 'throttled by FinerWorks'),
        metrics.own('NotPostponed', 'not hidden'),
      ],
    },
  ]);
  if (doors.length > 0) {
    row('Do webhooks come in?', [
      {
        title: 'Requests of all doors',
        metrics: [
          ofDoors(doors, 'WebhooksPublished', 'published'),
          ofDoors(doors, 'WebhooksIgnored', 'of other topics'),
          ofDoors(doors, 'WebhooksWithoutGuid', 'without a guid'),
        ],
      },
      {
        title: 'What went wrong',
        metrics: [
          ofDoors(doors, 'WebhooksUndelivered', 'not mapped'),
          ofDoors(doors, 'WebhooksUnsigned', 'not signed'),
          ofDoors(doors, 'WebhooksUnavailable', 'to be sent again'),
        ],
      },
    ]);
  }
  row('The function', [
    {
      title: 'Invocations',
      metrics: [
        metrics.lambda('Invocations', 'invocations'),
        metrics.lambda('Errors', 'errors'),
        metrics.lambda('Throttles', 'throttled by Lambda'),
        metrics.lambda('ConcurrentExecutions', 'at once', Stats.MAXIMUM),
      ],
    },
    {
      title: 'Duration, in milliseconds',
      metrics: [
        metrics.lambda('Duration', 'p50', Stats.percentile(50)),
        metrics.lambda('Duration', 'p99', Stats.percentile(99)),
      ],
    },
  ]);
  facade.addWidget(
    // Lambda has no metric for it. Its log has, and costs nothing until it is queried.
    new LogQueryWidget({
      title: 'Memory used, in MB',
      view: LogQueryVisualizationType.LINE,
      width: FULL_WIDTH,
      height: ROW_HEIGHT,
      logGroupNames: [updates.logGroup.logGroupName],
      queryLines: [
        'filter type = "platform.report"',
        'stats max(record.metrics.maxMemoryUsedMB) as used, max(record.metrics.memorySizeMB) as size by bin(5m)',
      ],
    }),
  );
}
