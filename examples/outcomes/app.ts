/** Takes outcomes from a bus to a shop, as signed webhooks. See README.md. */
import { fileURLToPath } from 'node:url';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';

const app = new App();
const stack = new Stack(app, 'ImageOutcomes');
/** The setting `outcomesTarget` of image updates, the shop's address, and the secret that README.md describes. */
const eventBusName: string = app.node.getContext('eventBusName');
const webhookUrl: string = app.node.getContext('webhookUrl');
const secretName: string = app.node.getContext('secretName');

const secret = Secret.fromSecretNameV2(stack, 'Secret', secretName);
const undelivered = new Queue(stack, 'Undelivered', {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
});
const sender = new NodejsFunction(stack, 'Sender', {
  entry: fileURLToPath(new URL('handler.ts', import.meta.url)),
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  timeout: Duration.seconds(30),
  environment: { WEBHOOK_URL: webhookUrl, SECRET_ID: secretName },
  // What the handler throws is tried again after one and two minutes (AWS: Lambda, asynchronous), and kept then.
  retryAttempts: 2,
  maxEventAge: Duration.hours(6),
  onFailure: new SqsDestination(undelivered),
  bundling: { format: OutputFormat.ESM, mainFields: ['module', 'main'] },
});
secret.grantRead(sender);

new Rule(stack, 'Outcomes', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', eventBusName),
  eventPattern: { source: ['finerworks-image-updates'] },
  targets: [new LambdaFunction(sender, { deadLetterQueue: undelivered })],
});
