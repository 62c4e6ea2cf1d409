import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { omit } from 'zod/mini';
import { Config, toEnvironment } from '../lambda/config.ts';
import { secretIdOf } from './account-keys.ts';
import { LIVE_ALIAS } from './alias-name.ts';
import { grantFormerKeys, grantKey } from './encryption.ts';
import { addEventSource } from './event-source.ts';
import { grantLedger } from './ledger.ts';
import { retentionOf } from './log-retention.ts';
import { arnOfTarget, grantTellOutcomes, type OutcomesTarget } from './outcomes/outcomes-target.ts';
import type { Queues } from './queues.ts';
import { grantSecrets, type Secrets } from './secrets.ts';
import type { Settings } from './setting-fields.ts';
import { traceCalls } from './tracing.ts';
import { grantKeepTrail } from './trail.ts';

/**
 * The settings that the function itself reads; the others concern only the stack. They are checked already,
 * and some may be tokens.
 */
const FunctionSettings = z.object({
  ...omit(Config, {
    secretId: true,
    keysByAccount: true,
    queueUrl: true,
    deadLetterQueueUrl: true,
    ledgerTable: true,
    trailTable: true,
    trailDays: true,
    outcomesTarget: true,
    outcomes: true,
    retentionHours: true,
  }).shape,
  apiUrl: z.string(),
  listSessionId: z.string().optional(),
  listLibrary: z.string(),
});

/** What the function works with. */
export interface FunctionResources {
  readonly queues: Queues;
  readonly secrets: Secrets;
  /** Undefined where the setting `ledger` is off. */
  readonly ledger: Table | undefined;
  /** Undefined where the setting `trailDays` is 0. */
  readonly trail: Table | undefined;
  /** Undefined where nobody is told of outcomes. */
  readonly outcomesTarget: OutcomesTarget | undefined;
  /** The bundle, see `bundleFunction`. */
  readonly code: Code;
}

/** The function, and how the queue reaches it. */
export interface DeployedFunction {
  readonly function: LambdaFunction;
  /** Points at the version that takes events; older versions are kept, so that it can be moved back. */
  readonly alias: Alias;
  readonly mappingArn: string;
}

/**
 * Makes the function, publishes it as a version, connects that to the queue, and grants it only what it needs: to consume the queue,
 * send to the dead-letter queue, read its secrets, use the ledger, keep the trail and tell outcomes.
 */
export function createFunction(
  scope: Construct,
  settings: Settings,
  { queues, secrets, ledger, trail, outcomesTarget, code }: FunctionResources,
): DeployedFunction {
  const { queue, deadLetterQueue, key, formerKeys, retentionHours } = queues;
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
    // The version of a deployment that fails goes: Lambda publishes the same code and settings only once, so
    // that it would stand in the way of the next try.
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    role,
    logGroup,
    // So that Lambda's own lines (timeouts, crashes) can be queried like those of the function.
    loggingFormat: LoggingFormat.JSON,
    environment: {
      ...toEnvironment({
        ...FunctionSettings.parse(settings),
        secretId: secretIdOf(secrets.secret),
        keysByAccount: secrets.keysByAccount?.setting,
        ledgerTable: ledger?.tableName,
        ...(trail && { trailTable: trail.tableName, trailDays: settings.trailDays }),
        ...(outcomesTarget && {
          outcomesTarget: arnOfTarget(outcomesTarget),
          outcomes: settings.outcomes,
        }),
        queueUrl: queue.queueUrl,
        deadLetterQueueUrl: deadLetterQueue.queueUrl,
        retentionHours,
      }),
      NODE_OPTIONS: '--enable-source-maps',
    },
  });
  if (settings.tracing === 'on') traceCalls(updates);
  grantSecrets(secrets, updates);
  deadLetterQueue.grant(updates, 'sqs:SendMessage');
  grantKey(key, updates, 'send');
  grantFormerKeys(formerKeys, updates);
  if (ledger !== undefined) grantLedger(ledger, updates);
  if (trail !== undefined) grantKeepTrail(trail, updates);
  if (outcomesTarget !== undefined) grantTellOutcomes(outcomesTarget, updates);
  const alias = updates.addAlias(LIVE_ALIAS);
  return { function: updates, alias, mappingArn: addEventSource(alias, queue, settings) };
}
