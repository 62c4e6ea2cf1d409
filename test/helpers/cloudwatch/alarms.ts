import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { type AlarmState, EXTRA_PERIODS, stateOf } from './alarm-state.ts';
import { evaluate } from './expression.ts';

const STATISTICS = {
  Sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Minimum: (values: readonly number[]) => Math.min(...values),
};
const Statistic = z.enum(['Sum', 'Maximum', 'Minimum']);

const MetricStat = z.object({
  Metric: z.object({ MetricName: z.string() }),
  Period: z.number(),
  Stat: Statistic,
});
type MetricStat = z.output<typeof MetricStat>;

const Common = z.object({
  AlarmName: z.string(),
  ComparisonOperator: z.literal('GreaterThanThreshold'),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']),
});

/** An alarm on one metric: as CDK writes it without a label, as the metrics with their ids. */
const PlainAlarm = Common.extend({
  MetricName: z.string(),
  Period: z.number(),
  Statistic,
}).transform(({ MetricName, Period, Statistic: Stat, ...common }) => {
  const stat: MetricStat = { Metric: { MetricName }, Period, Stat };
  return { ...common, expression: 'm', metrics: { m: stat } };
});

/** An alarm on an expression, or on one metric with a label. */
const MathAlarm = Common.extend({
  Metrics: z.array(
    z.object({
      Id: z.string(),
      Expression: z.string().optional(),
      MetricStat: MetricStat.optional(),
    }),
  ),
}).transform(({ Metrics, ...common }) => {
  const stats = Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, MetricStat]] : []));
  const metrics: Record<string, MetricStat> = Object.fromEntries(stats);
  const expression = Metrics.find(({ Expression }) => Expression !== undefined)?.Expression;
  return { ...common, expression: expression ?? Object.keys(metrics).join(), metrics };
});

const Alarm = z.union([PlainAlarm, MathAlarm]);
/** An alarm of a template, on one metric or on an expression. */
export type Alarm = z.output<typeof Alarm>;

/** One value of a metric. */
export interface Sample {
  readonly minute: number;
  readonly value: number;
}

/** What is written in the course of a story, by metric. */
export type Story = Readonly<Record<string, readonly Sample[]>>;

/** The alarms of a template, each by its own name, without that of the deployment. */
export function alarmsOf(template: Template): Map<string, Alarm> {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Alarm.parse(Properties),
  );
  return new Map(alarms.map((alarm) => [alarm.AlarmName.split('-').at(-1) ?? '', alarm]));
}

/** How often an alarm begins to ring in the course of a story. */
export function rings(alarm: Alarm, story: Story): number {
  return statesOf(alarm, story).filter((state) => state === 'ALARM').length;
}

/**
 * The states that an alarm takes one after another, from its creation on. CloudWatch evaluates it each
 * minute, with periods that end at that minute (AWS: CloudWatch, evaluating an alarm).
 */
export function statesOf(alarm: Alarm, story: Story): AlarmState[] {
  const { period, breachesAt } = read(alarm, story);
  // Each minute is looked at as often as there are periods in the range.
  const known = new Map<number, boolean | undefined>();
  const breaches = (minute: number) => {
    if (!known.has(minute)) known.set(minute, breachesAt(minute));
    return known.get(minute);
  };
  const rule = {
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    treatMissingData: alarm.TreatMissingData,
  };
  const end = Math.max(0, ...Object.values(story).flatMap((all) => all.map((one) => one.minute)));
  const range = rule.evaluationPeriods + EXTRA_PERIODS;
  const states: AlarmState[] = ['INSUFFICIENT_DATA'];
  // Until all that was written is out of sight.
  for (let minute = 0; minute <= end + (range + 1) * period; minute += 1) {
    const points = Array.from({ length: range }, (_, at) =>
      breaches(minute - (range - 1 - at) * period),
    );
    const before = states.at(-1) ?? 'INSUFFICIENT_DATA';
    const state = stateOf(points, rule, before);
    if (state !== before) states.push(state);
  }
  return states.slice(1);
}

/** An alarm's period in minutes, and whether the period that ends at a minute breaches its threshold. */
function read({ expression, metrics, Threshold }: Alarm, story: Story) {
  const [{ Period }] = z.tuple([MetricStat], MetricStat).parse(Object.values(metrics));
  const period = Period / 60;

  const valueAt = ({ Metric, Stat }: MetricStat, minute: number) => {
    const values = (story[Metric.MetricName] ?? []).flatMap((sample) =>
      sample.minute > minute - period && sample.minute <= minute ? [sample.value] : [],
    );
    return values.length === 0 ? undefined : STATISTICS[Stat](values);
  };
  return {
    period,
    breachesAt: (minute: number) => {
      const values = Object.entries(metrics).map(([id, stat]) => [id, valueAt(stat, minute)]);
      const value = evaluate(expression, Object.fromEntries(values));
      return value === undefined ? undefined : value > Threshold;
    },
  };
}
