import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StackOutputs, stackOutputs } from '../../../cli/aws/stack-outputs.ts';
import type { SourceName } from '../../../webhooks/sources/source-names.ts';
import { payloadWith, SIGNING_SECRET, signedRequest } from '../../helpers/webhooks.ts';
import { type CloudEmulator, hasCloudEmulator, startCloudEmulator } from '../cloud-emulator.ts';
import { bootstrap, deploy, functionNamed, invokeWith, takeOverMappings } from '../deployment.ts';

const suite = hasCloudEmulator() ? describe : describe.skip;

suite('a deployment with doors, as moto_server emulates it', () => {
  let folder: string;
  let emulator: CloudEmulator;
  let outputs: StackOutputs;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deploy-doors-test-'));
    emulator = await startCloudEmulator();
    Object.assign(process.env, emulator.environment);
    const secrets = new SecretsManagerClient();
    const signing = JSON.stringify({ shopify: SIGNING_SECRET, woocommerce: SIGNING_SECRET });
    for (const [Name, SecretString] of [
      ['finerworks/keys', '{}'],
      ['finerworks/webhooks', signing],
    ]) {
      await secrets.send(new CreateSecretCommand({ Name, SecretString }));
    }
    const settings = { webhooks: 'shopify,woocommerce' };
    await bootstrap(emulator, folder, settings);
    await deploy(emulator, folder, settings);
    await takeOverMappings(emulator);
    outputs = await stackOutputs(new CloudFormationClient(), 'FinerWorksImageUpdates');
  }, 180_000);
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** Posts to a door, as its function URL hands it over. The emulator runs no functions itself. */
  async function post(source: SourceName, body?: Buffer) {
    const request = signedRequest(source, body && { body });
    const name = outputs.doors[source]?.functionName ?? '';
    const event = {
      rawPath: '/',
      headers: request.headers,
      requestContext: { http: { method: 'POST' } },
      ...{ body: request.body.toString('base64'), isBase64Encoded: true },
    };
    return invokeWith(event, emulator, await functionNamed(emulator, name), folder, undefined);
  }

  async function received(QueueUrl = ''): Promise<string[]> {
    const client = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages.flatMap(({ Body }) => Body ?? []);
  }

  test('takes a webhook of each source to the queue, with the deployed bundle', async () => {
    expect(await post('shopify')).toMatchObject({ statusCode: 200 });
    expect(await received(outputs.QueueUrl)).toEqual([
      expect.stringContaining('"source":"/webhooks/shopify"'),
    ]);
    expect(await post('woocommerce')).toMatchObject({ statusCode: 200 });
  });

  test('keeps what can’t be mapped in the queue that the outputs name', async () => {
    const body = payloadWith('shopify', { title: '', body_html: '' });
    expect(await post('shopify', body)).toMatchObject({ statusCode: 200 });
    expect(await received(outputs.WebhooksUndeliveredUrl)).toEqual([
      expect.stringContaining('"source":"shopify"'),
    ]);
  });

  test('tells the address of each door', () => {
    expect(Object.keys(outputs.doors)).toEqual(['shopify', 'woocommerce']);
    expect(outputs.doors.shopify?.url).toMatch(/^https:\/\//);
  });
});
