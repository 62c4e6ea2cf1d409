import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { grantKey } from './encryption.ts';
import type { Queues } from './queues.ts';

/** A heartbeat that is late says nothing that the next one does not. */
const LATE_SECONDS = 60;

/** A schedule that puts heartbeats on the queue. */
export interface Heartbeat {
  readonly minutes: number;
  /** The schedule is the only one in this group: the group's metrics are its own. */
  readonly scheduleGroup: string;
}

/**
 * Puts a heartbeat on the queue every so often, which the function takes to FinerWorks as it takes events.
 *
 * @param minutes between two of them; undefined for none
 */
export function createHeartbeat(
  scope: Construct,
  minutes: number | undefined,
  { queue, key }: Pick<Queues, 'queue' | 'key'>,
): Heartbeat | undefined {
  if (minutes === undefined) return undefined;
  const group = new CfnScheduleGroup(scope, 'HeartbeatGroup');
  const role = new Role(scope, 'HeartbeatRole', {
    // Scheduler names the group and not the schedule (AWS: EventBridge Scheduler, confused deputy).
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': Stack.of(scope).account,
          'aws:SourceArn': group.attrArn,
        },
      },
    }),
    description: 'What the schedule of heartbeats may do',
  });
  queue.grant(role, 'sqs:SendMessage');
  grantKey(key, role, 'send');
  new CfnSchedule(scope, 'Heartbeat', {
    description: 'Heartbeats of image updates',
    groupName: group.ref,
    flexibleTimeWindow: { mode: 'OFF' },
    scheduleExpression: `rate(${minutes} minutes)`,
    target: {
      arn: queue.queueArn,
      roleArn: role.roleArn,
      // Another text each time, which a FIFO queue with content-based deduplication needs.
      input: '{"heartbeat":"<aws.scheduler.scheduled-time>"}',
      retryPolicy: { maximumEventAgeInSeconds: LATE_SECONDS, maximumRetryAttempts: 2 },
      ...(queue.fifo && { sqsParameters: { messageGroupId: 'heartbeat' } }),
    },
  });
  return { minutes, scheduleGroup: group.ref };
}
