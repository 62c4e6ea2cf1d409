import { Duration } from 'aws-cdk-lib';
import { type Alias, MetricType } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Settings } from './setting-fields.ts';

/** The most for a FIFO queue, which has no window (AWS: Lambda with SQS, configuring). */
const FIFO_BATCH_SIZE = 10;

/**
 * Lets the alias take records from the queue, whichever version it points at. This grants consuming too,
 * `ChangeMessageVisibility` for hiding returned records included.
 *
 * @returns the ARN of the event source mapping
 */
export function addEventSource(alias: Alias, queue: IQueue, settings: Settings): string {
  const source = new SqsEventSource(queue, {
    ...(queue.fifo
      ? { batchSize: Math.min(settings.batchSize, FIFO_BATCH_SIZE) }
      : {
          batchSize: settings.batchSize,
          maxBatchingWindow: Duration.seconds(settings.batchingWindowSeconds),
        }),
    maxConcurrency: settings.maxConcurrency,
    reportBatchItemFailures: true,
    // How many messages were polled, handed over and deleted, which no other metric says of Lambda's part.
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  alias.addEventSource(source);
  return source.eventSourceMappingArn;
}
