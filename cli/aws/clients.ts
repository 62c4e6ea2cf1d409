import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { TargetOptions } from '../options/target-options.ts';

/**
 * A command must not hang on a service that does not answer. Without `throwOnRequestTimeout` the
 * SDK's handler only warns (@smithy/node-http-handler).
 */
const SETTINGS = {
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: 25_000,
    throwOnRequestTimeout: true,
  },
} as const;

/** The services of AWS that commands use. */
export interface Clients {
  readonly sqs: SQSClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamoDb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly secretsManager: SecretsManagerClient;
  readonly sns: SNSClient;
}

/**
 * Makes the clients. The SDK takes from the environment what the options leave out, and endpoints and
 * credentials besides.
 */
export function connect({ profile, region }: Pick<TargetOptions, 'profile' | 'region'>): Clients {
  const settings = {
    ...SETTINGS,
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
  };
  return {
    // By default the host in a queue's URL overrides AWS_ENDPOINT_URL (@aws-sdk/middleware-sdk-sqs).
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    cloudFormation: new CloudFormationClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    secretsManager: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
  };
}
