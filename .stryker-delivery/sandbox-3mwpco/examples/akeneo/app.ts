/** Takes changes of products in an Akeneo PIM to the queue of image updates. See README.md. */
// @ts-nocheck

import { fileURLToPath } from 'node:url';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Architecture, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const app = new App();
const stack = new Stack(app, 'AkeneoImages');
/** The output `QueueArn` of the stack of image updates, and the secret that README.md describes. */
const queueArn: string = app.node.getContext('queueArn');
const secretName: string = app.node.getContext('secretName');

const queue = Queue.fromQueueArn(stack, 'Queue', queueArn);
const secret = Secret.fromSecretNameV2(stack, 'Secret', secretName);
const mapper = new NodejsFunction(stack, 'Mapper', {
  entry: fileURLToPath(new URL('handler.ts', import.meta.url)),
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  // The Event Platform waits 5 s (api.akeneo.com: key platform behaviors).
  timeout: Duration.seconds(10),
  memorySize: 512,
  environment: {
    QUEUE_URL: queue.queueUrl,
    SECRET_ID: secretName,
    GUID_ATTRIBUTE: 'finerworks_guid',
    TITLE_ATTRIBUTE: 'print_title',
    DESCRIPTION_ATTRIBUTE: 'print_description',
    LOCALE: 'en_US',
    CHANNEL: 'ecommerce',
  },
  bundling: { format: OutputFormat.ESM, mainFields: ['module', 'main'] },
});
queue.grantSendMessages(mapper);
secret.grantRead(mapper);
// Open to everybody: what is not signed with the secret is refused by the function.
const { url } = mapper.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
new CfnOutput(stack, 'Destination', { value: url, description: 'The URL of the subscription' });
