import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  type Code,
  FunctionUrlAuthType,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { toDoorEnvironment } from '../../webhooks/door-config.ts';
import { SOURCE_TITLES, type SourceName } from '../../webhooks/sources/source-names.ts';
import { secretIdOf } from '../account-keys.ts';
import { grantKey } from '../encryption.ts';
import { retentionOf } from '../log-retention.ts';
import type { Queues } from '../queues.ts';
import { grantSecret, grantSecretKey } from '../secrets.ts';
import type { Settings } from '../setting-fields.ts';
import { createUndelivered } from '../sources/sources.ts';
import { traceCalls } from '../tracing.ts';
import { idOf } from './door-outputs.ts';

/**
 * Requests of one source at once. A request takes some ten milliseconds, so that is hundreds a second; more than that
 * is answered 429, and no other source notices.
 */
const CONCURRENCY = 10;

/** Less than any sender waits but WooCommerce; an Akeneo PIM is asked within it. */
const TIMEOUT = Duration.seconds(10);

/** As fast a start as the function of the queue has: senders wait 5 s. */
const MEMORY_MEGABYTES = 512;

/** What doors work with. */
export interface DoorResources {
  readonly queues: Queues;
  /** The signing secrets of all sources, once it is known that there are any. */
  readonly secret: () => ISecret;
  readonly secretEncryptionKey: IKey | undefined;
  /** The bundle of a door, likewise. */
  readonly code: () => Code;
}

interface SharedResources extends Pick<DoorResources, 'queues' | 'secretEncryptionKey'> {
  readonly secret: ISecret;
  readonly code: Code;
  readonly undelivered: IQueue;
}

/** The door of one source. */
export interface Door {
  readonly source: SourceName;
  readonly function: LambdaFunction;
  readonly url: string;
}

/** The doors of a stack, and what they could not map. */
export interface Doors {
  readonly doors: readonly Door[];
  readonly undelivered: IQueue;
}

/**
 * Makes a door for each source that is on: a function with an address of its own, so that a flood of one source takes
 * nothing from the others.
 *
 * @returns undefined where no source is on
 */
export function createDoors(
  scope: Construct,
  settings: Settings,
  resources: DoorResources,
): Doors | undefined {
  if (settings.webhooks.length === 0) return undefined;
  const parent = new Construct(scope, 'Webhooks');
  const undelivered = createUndelivered(parent, 'Undelivered', resources.queues);
  const shared = { ...resources, undelivered, secret: resources.secret(), code: resources.code() };
  const doors = settings.webhooks.map((source) => createDoor(parent, source, settings, shared));
  return { doors, undelivered };
}

function createDoor(
  parent: Construct,
  source: SourceName,
  settings: Settings,
  { queues, secret, secretEncryptionKey, undelivered, code }: SharedResources,
): Door {
  const scope = new Construct(parent, idOf(source));
  const logGroup = new LogGroup(scope, 'Log', {
    retention: retentionOf(settings.logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `What the door for webhooks of ${SOURCE_TITLES[source]} may do`,
  });
  logGroup.grantWrite(role);
  const door = new LambdaFunction(scope, 'Function', {
    description: `Takes signed webhooks of ${SOURCE_TITLES[source]} to the queue of image updates`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code,
    memorySize: MEMORY_MEGABYTES,
    timeout: TIMEOUT,
    reservedConcurrentExecutions: CONCURRENCY,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: {
      ...toDoorEnvironment({
        source,
        secretId: secretIdOf(secret),
        queueUrl: queues.queue.queueUrl,
        undeliveredUrl: undelivered.queueUrl,
        ...(source !== 'standard-webhooks' && { fields: settings.webhookFields?.[source] }),
        keysCacheSeconds: settings.keysCacheSeconds,
        maxTitleLength: settings.maxTitleLength,
        maxDescriptionLength: settings.maxDescriptionLength,
      }),
      NODE_OPTIONS: '--enable-source-maps',
    },
  });
  if (settings.tracing === 'on') traceCalls(door);
  grantSecret(secret, door);
  const keys = new Set([secretEncryptionKey, secret.encryptionKey]);
  for (const key of keys) if (key !== undefined) grantSecretKey(key, door);
  for (const queue of [queues.queue, undelivered]) queue.grant(door, 'sqs:SendMessage');
  grantKey(queues.key, door, 'send');
  // Open to everybody: what is not signed is refused by the door. CDK adds both permissions that a URL needs
  // (AWS: Lambda, control access to function URLs).
  const { url } = door.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  return { source, function: door, url };
}
