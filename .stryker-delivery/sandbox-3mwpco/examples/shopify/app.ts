/** Takes a shop's changes of products to the queue of image updates. See README.md. */
// @ts-nocheck

import { fileURLToPath } from 'node:url';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';

const app = new App();
const stack = new Stack(app, 'ShopifyImages');
/** The partner event bus, and the output `QueueArn` of the stack of image updates. */
const eventBusName: string = app.node.getContext('eventBusName');
const queueArn: string = app.node.getContext('queueArn');

const queue = Queue.fromQueueArn(stack, 'Queue', queueArn);
const undelivered = new Queue(stack, 'Undelivered', {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
});
const mapper = new NodejsFunction(stack, 'Mapper', {
  entry: fileURLToPath(new URL('handler.ts', import.meta.url)),
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  timeout: Duration.seconds(30),
  environment: { QUEUE_URL: queue.queueUrl },
  // What the handler throws is tried again twice, and kept then (AWS: Lambda, asynchronous).
  deadLetterQueue: undelivered,
  bundling: { format: OutputFormat.ESM, mainFields: ['module', 'main'] },
});
queue.grantSendMessages(mapper);

new Rule(stack, 'Products', {
  eventBus: EventBus.fromEventBusName(stack, 'Shopify', eventBusName),
  eventPattern: {
    detailType: ['shopifyWebhook'],
    detail: { metadata: { 'X-Shopify-Topic': ['products/create', 'products/update'] } },
  },
  targets: [
    new LambdaFunction(mapper, { deadLetterQueue: undelivered, maxEventAge: Duration.hours(24) }),
  ],
});
