/** The floor, and the two other clients of AWS: how much of the SDK's core is shared. */
// @ts-nocheck

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';

export { handler } from './floor.ts';
export const clients = [new SQSClient({}), new DynamoDBClient({})];
