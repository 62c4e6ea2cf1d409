import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  MetricType,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { omit } from 'zod/mini';
import { Config, toEnvironment } from '../lambda/config.ts';
import { grantKey } from './encryption.ts';
import { grantLedger } from './ledger.ts';
import type { Queues } from './queues.ts';
import { grantSecrets } from './secrets.ts';
import type { Settings } from './setting-fields.ts';
import { traceCalls } from './tracing.ts';

/** The most for a FIFO queue, which has no window (AWS: Lambda with SQS, configuring). */
const FIFO_BATCH_SIZE = 10;

/** The settings that the function itself reads; the others concern only the stack. */
const FunctionSettings = z.object(
  omit(Config, {
    secretId: true,
    queueUrl: true,
    deadLetterQueueUrl: true,
    ledgerTable: true,
    retentionHours: true,
  }).shape,
);

/**
 * Makes the function, connects it to the queue, and grants it only what it needs: to consume the queue,
 * send to the dead-letter queue, read its secrets and use the ledger.
 *
 * @param ledger undefined where the setting `ledger` is off
 * @param code the bundle, see `bundleFunction`
 */
export function createFunction(
  scope: Construct,
  settings: Settings,
  { queue, deadLetterQueue, key, retentionHours }: Queues,
  ledger: Table | undefined,
  code: Code,
): LambdaFunction {
  // An explicit group, since the retention of an implicit one takes a custom resource. It goes with
  // the stack: dead letters, which stay, carry their reasons themselves.
  const logGroup = new LogGroup(scope, 'Log', {
    retention: retentionOf(settings.logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // A role of our own: the managed policy of the usual one may write to every log group.
  const role = new Role(scope, 'FunctionRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: 'What the function of image updates may do',
  });
  logGroup.grantWrite(role);
  const updates = new LambdaFunction(scope, 'Function', {
    description: 'Takes image-metadata change events from the queue to FinerWorks',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code,
    memorySize: settings.memoryMegabytes,
    timeout: Duration.seconds(settings.timeoutSeconds),
    role,
    logGroup,
    // So that Lambda's own lines (timeouts, crashes) can be queried like those of the function.
    loggingFormat: LoggingFormat.JSON,
    environment: {
      ...toEnvironment({
        ...FunctionSettings.parse(settings),
        secretId: settings.secretName,
        ledgerTable: ledger?.tableName,
        queueUrl: queue.queueUrl,
        deadLetterQueueUrl: deadLetterQueue.queueUrl,
        retentionHours,
      }),
      NODE_OPTIONS: '--enable-source-maps',
    },
  });
  if (settings.tracing === 'on') traceCalls(updates);
  grantSecrets(scope, settings, updates);
  deadLetterQueue.grant(updates, 'sqs:SendMessage');
  grantKey(key, updates, 'send');
  if (ledger !== undefined) grantLedger(ledger, updates);
  // This grants consuming too, ChangeMessageVisibility for hiding returned records included.
  updates.addEventSource(
    new SqsEventSource(queue, {
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
    }),
  );
  return updates;
}

/** The next number of days that CloudWatch takes. */
function retentionOf(days: number): RetentionDays {
  const offered = Object.values(RetentionDays).filter((value) => typeof value === 'number');
  return Math.min(...offered.filter((value) => value >= days));
}
