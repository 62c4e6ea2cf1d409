import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';

const Alarm = z
  .object({
    AlarmName: z.string(),
    AlarmDescription: z.string().default(''),
    StateValue: z.string().default('unknown'),
    StateTransitionedTimestamp: z.date().optional(),
    StateUpdatedTimestamp: z.date().optional(),
  })
  .transform((alarm) => ({
    /** The deployment's name, a hyphen, and the name of its section in the runbook. */
    name: alarm.AlarmName,
    meaning: alarm.AlarmDescription,
    state: alarm.StateValue,
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString(),
  }));
/** An alarm and the state that it is in: `ALARM`, `OK` or `INSUFFICIENT_DATA`. */
export type Alarm = z.output<typeof Alarm>;

/** Reads the alarms of a stack, those that ring first. Their names begin with the stack's. */
export async function alarmsOf(client: CloudWatchClient, stack: string): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  for await (const page of paginateDescribeAlarms({ client }, { AlarmNamePrefix: stack })) {
    alarms.push(...z.array(Alarm).parse(page.MetricAlarms ?? []));
  }
  return alarms.toSorted((one, other) => Number(rings(other)) - Number(rings(one)));
}

function rings({ state }: Alarm): boolean {
  return state === 'ALARM';
}
