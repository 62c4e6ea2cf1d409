import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { momentOf } from '../terminal/moment.ts';
import type { Deployment } from './deployment.ts';

const STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const;

const Alarm = z
  .object({
    AlarmName: z.string(),
    AlarmDescription: z.string().default(''),
    StateValue: z.enum(STATES),
    StateUpdatedTimestamp: z.date(),
  })
  .transform((alarm) => ({
    name: alarm.AlarmName,
    state: alarm.StateValue,
    since: momentOf(alarm.StateUpdatedTimestamp.getTime()),
    meaning: alarm.AlarmDescription,
  }));
/** An alarm of a deployment, and since when it is in its state. */
export type AlarmState = z.output<typeof Alarm>;

/**
 * Reads the alarms of a deployment: those that go to its topics and have the name of its stack, since
 * several deployments may share a topic.
 *
 * @returns those that ring first; undefined where the queues are given without a stack
 */
export async function alarmStates(
  deployment: Deployment,
  client: CloudWatchClient,
): Promise<AlarmState[] | undefined> {
  const stack = await deployment.stack();
  if (stack === undefined) return undefined;
  const topics = new Set((await deployment.alarmTopics())?.values());
  const alarms = new Map<string, AlarmState>();
  for (const ActionPrefix of topics) {
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
      { client },
      { ActionPrefix },
    )) {
      for (const alarm of z.array(Alarm).parse(MetricAlarms)) {
        if (alarm.name.includes(stack.name)) alarms.set(alarm.name, alarm);
      }
    }
  }
  const rank = ({ state }: AlarmState) => STATES.indexOf(state);
  return [...alarms.values()].sort((one, other) => rank(one) - rank(other));
}
