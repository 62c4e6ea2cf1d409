import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import type { StackSettings } from '../../../infra/setting-fields.ts';
import { ImageUpdatesStack } from '../../../infra/stack.ts';
import type { Usage } from './prices.ts';

const SECONDS_OF_MONTH = 30 * 86_400;
/**
 * Where maximum concurrency is set, Lambda never polls with fewer than five, each of which asks the
 * queue for 20 s at a time (AWS: Lambda with SQS, scaling).
 */
const POLLERS = 5;
const POLL_SECONDS = 20;

const Alarm = z.object({
  MetricName: z.string().optional(),
  Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional(),
});

/** What a stack uses in a month in which nothing happens, counted from its own template. */
export function idleMonth(settings: StackSettings): Usage {
  const code = Code.fromInline('export const handler = 1');
  using folder = mkdtempDisposableSync(join(tmpdir(), 'idle-month-'));
  const app = new App({ outdir: folder.path });
  const template = Template.fromStack(
    new ImageUpdatesStack(app, { settings, code, doorCode: code }),
  );
  const count = (type: string) => Object.keys(template.findResources(type)).length;
  return {
    queueRequest: (POLLERS * SECONDS_OF_MONTH) / POLL_SECONDS,
    secret: settings.webhooks.length > 0 ? 2 : 1,
    alarmMetric: alarmMetrics(template),
    dashboard: count('AWS::CloudWatch::Dashboard'),
    key: count('AWS::KMS::Key'),
  };
}

/** An alarm on an expression is paid for by each metric in it. */
function alarmMetrics(template: Template): number {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  return alarms
    .map(({ Properties }) => Alarm.parse(Properties))
    .reduce(
      (sum, { Metrics = [{ MetricStat: {} }] }) =>
        sum + Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length,
      0,
    );
}
