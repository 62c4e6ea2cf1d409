import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Saved queries, by the question that each answers: the runbook names them. */
export const QUERIES = {
  'Dead letters by reason': [
    'filter message = "Record dead-lettered"',
    'stats count(*) as letters, max(@timestamp) as last by reason',
    'sort letters desc',
  ],
  'Each dead letter': [
    'filter message = "Record dead-lettered"',
    'fields @timestamp, reason, detail, origin.id, origin.time, messageId, deadLetter.messageId',
    'sort @timestamp desc',
    'limit 200',
  ],
  'Returned by reason': [
    'filter message = "Records returned to the queue"',
    'stats sum(records) as returned, latest(detail) as last by reason, bin(15m) as quarter',
    'sort quarter desc',
  ],
  'What FinerWorks answers': [
    'filter message = "Records returned to the queue" and detail like /HTTP/',
    'stats count(*) as times by reason, detail',
    'sort times desc',
    'limit 50',
  ],
  'What FinerWorks rewrites': [
    'filter message = "FinerWorks rewrote a text"',
    'fields @timestamp, guid, field, sent, stored',
    'sort @timestamp desc',
    'limit 50',
  ],
  'Failed invocations': [
    'filter (type = "platform.report" and record.status != "success") or level = "ERROR"',
    'fields @timestamp, record.status, message, error, coalesce(record.requestId, function_request_id) as request',
    'sort @timestamp desc',
    'limit 100',
  ],
  'Keys that could not be read': [
    'filter message = "Going on with older keys"',
    'fields @timestamp, error',
    'sort @timestamp desc',
    'limit 50',
  ],
  'Failed heartbeats': [
    'filter message = "Heartbeats" and answered = 0',
    'fields @timestamp, ids.0, failure',
    'sort @timestamp desc',
    'limit 50',
  ],
  'Time and memory': [
    'filter type = "platform.report"',
    'stats pct(record.metrics.durationMs, 50) as p50, pct(record.metrics.durationMs, 99) as p99, max(record.metrics.maxMemoryUsedMB) as memory by bin(15m) as quarter',
    'sort quarter desc',
  ],
  'Batches and their figures': [
    'filter message = "Batch processed"',
    'stats sum(records) as events, sum(images) as updated, sum(calls) as made, sum(isolationCalls) as isolating, sum(breakerOpenings) as broken by bin(15m) as quarter',
    'sort quarter desc',
  ],
} as const;

/** Saves the queries in the account, under a folder of the deployment's name. */
export function saveQueries(scope: Construct, folder: string, logGroup: ILogGroup): void {
  const queries = new Construct(scope, 'Queries');
  for (const [question, lines] of Object.entries(QUERIES)) {
    new CfnQueryDefinition(queries, question, {
      name: `${folder}/${question}`,
      queryString: lines.join('\n| '),
      logGroupNames: [logGroup.logGroupName],
    });
  }
}
