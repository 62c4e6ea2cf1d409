import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

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
  readonly secretsManager: SecretsManagerClient;
  readonly sns: SNSClient;
}

/** Makes the clients. The SDK takes endpoints and credentials from the environment. */
export function connect(): Clients {
  return {
    // By default the host in a queue's URL overrides AWS_ENDPOINT_URL (@aws-sdk/middleware-sdk-sqs).
    sqs: new SQSClient({ ...SETTINGS, useQueueUrlAsEndpoint: false }),
    cloudFormation: new CloudFormationClient(SETTINGS),
    cloudWatch: new CloudWatchClient(SETTINGS),
    dynamoDb: new DynamoDBClient(SETTINGS),
    lambda: new LambdaClient(SETTINGS),
    secretsManager: new SecretsManagerClient(SETTINGS),
    sns: new SNSClient(SETTINGS),
  };
}
