import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { omit } from 'zod/mini';
import { Config, toEnvironment } from '../lambda/config.ts';
import { HANDLER } from './bundle.ts';
import { grantKey } from './encryption.ts';
import { grantLedger } from './ledger.ts';
import type { Queues } from './queues.ts';
import type { Settings } from './settings.ts';

/** Of all settings, those that the function itself reads; the rest is known to the stack alone. */
const FunctionSettings = z.object(
  omit(Config, { secretId: true, queueUrl: true, deadLetterQueueUrl: true, ledgerTable: true })
    .shape,
);

/**
 * Makes the function, lets the queue invoke it, and grants it what it needs and no more: consume
 * the queue, send to the dead-letter queue, read its one secret, use the ledger.
 *
 * @param ledger undefined where the setting `ledger` is off
 * @param code the bundle, see `bundleFunction`
 */
export function createFunction(
  scope: Construct,
  settings: Settings,
  { queue, deadLetterQueue, key }: Queues,
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
    handler: HANDLER,
    code,
    memorySize: settings.memoryMegabytes,
    timeout: Duration.seconds(settings.timeoutSeconds),
    role,
    logGroup,
    // So that Lambda's own lines (time-outs, crashes) can be queried as the function's can.
    loggingFormat: LoggingFormat.JSON,
    environment: {
      ...toEnvironment({
        ...FunctionSettings.parse(settings),
        secretId: settings.secretName,
        ledgerTable: ledger?.tableName,
        queueUrl: queue.queueUrl,
        deadLetterQueueUrl: deadLetterQueue.queueUrl,
      }),
      NODE_OPTIONS: '--enable-source-maps',
    },
  });
  importSecret(scope, settings).grantRead(updates);
  if (settings.secretKeyArn !== undefined) grantSecretKey(settings.secretKeyArn, updates);
  deadLetterQueue.grant(updates, 'sqs:SendMessage');
  grantKey(key, updates, 'send');
  if (ledger !== undefined) grantLedger(ledger, updates);
  // This grants consuming too, ChangeMessageVisibility for hiding returned records included.
  updates.addEventSource(
    new SqsEventSource(queue, {
      batchSize: settings.batchSize,
      maxBatchingWindow: Duration.seconds(settings.batchingWindowSeconds),
      maxConcurrency: settings.maxConcurrency,
      reportBatchItemFailures: true,
    }),
  );
  return updates;
}

function importSecret(scope: Construct, { secretName }: Settings): ISecret {
  return secretName.startsWith('arn:')
    ? Secret.fromSecretCompleteArn(scope, 'Keys', secretName)
    : Secret.fromSecretNameV2(scope, 'Keys', secretName);
}

/** Lets the function use the secret's own key, and only to read secrets. */
function grantSecretKey(keyArn: string, grantee: LambdaFunction): void {
  const service = `secretsmanager.${Stack.of(grantee).region}.amazonaws.com`;
  grantee.addToRolePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': service } },
    }),
  );
}

/** CloudWatch takes certain numbers of days only: the next longer one. */
function retentionOf(days: number): RetentionDays {
  const offered = Object.values(RetentionDays).filter((value) => typeof value === 'number');
  return Math.min(...offered.filter((value) => value >= days));
}
