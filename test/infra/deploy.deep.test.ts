import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { historyOf } from '../../lambda/ledger/history.ts';
import { startStandIn } from '../../local/finerworks/stand-in.ts';
import { Sandbox } from '../../local/lambda/sandbox.ts';
import { toRecord } from '../../local/lambda/sqs-record.ts';
import { guid, sqsEvent } from '../helpers/records.ts';
import { installedRuntimeClient } from '../helpers/runtime-client.ts';
import { ACCOUNT, hasCloudEmulator, REGION, startCloudEmulator } from './cloud-emulator.ts';
import {
  bootstrap,
  deploy,
  deployedFunction,
  deployedModule,
  destroy,
  takeOverMappings,
  update,
} from './deployment.ts';

const KEYS = { web_api_key: 'deployed-web-api-key', app_key: 'deployed-app-key' };
const TITLE =
  'the deployed bundle with the deployed environment takes an event to FinerWorks; the stack is changed, and goes without its queues';

/** Where it can't be installed, aws-runtime.deep.test.ts says so. */
const runtimeClient = hasCloudEmulator() ? installedRuntimeClient() : undefined;

if (hasCloudEmulator()) {
  test(TITLE, deployAndInvoke, 240_000);
} else {
  process.stderr.write(
    '\nSKIPPED: the deployment is NOT proven here, since moto_server is not on the PATH (pip install "moto[server]").\n\n',
  );
  test.skip(`${TITLE} (SKIPPED: no moto_server on the PATH)`, deployAndInvoke);
}

async function deployAndInvoke() {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-test-'));
  const finerworks = await startStandIn({ keys: KEYS });
  finerworks.images.add([guid(1)]);
  await using emulator = await startCloudEmulator();
  const client = {
    endpoint: emulator.url,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  try {
    const secret = { Name: 'finerworks/keys', SecretString: JSON.stringify(KEYS) };
    await new SecretsManagerClient(client).send(new CreateSecretCommand(secret));
    const settings = { secretName: secret.Name, apiUrl: finerworks.url };
    await bootstrap(emulator, folder, settings);
    await deploy(emulator, folder, settings);

    const mappings = await takeOverMappings(emulator);
    expect(mappings).toEqual([
      expect.objectContaining({
        BatchSize: 500,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ]);
    const queueArn = mappings[0]?.EventSourceArn ?? '';
    const QueueUrl = `${emulator.url}/${ACCOUNT}/${queueArn.split(':').at(-1)}`;
    const queue = new SQSClient(client);
    const image = { guid: guid(1), title: 'My Cool Image' };
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(image) }));
    const received = await queue.send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }),
    );
    const records = (received.Messages ?? []).map((message) => toRecord(message, queueArn));
    expect(records).toHaveLength(1);

    const deployed = await deployedFunction(emulator);
    const { Environment, FunctionName, Timeout } = deployed.Configuration;
    const lines: string[] = [];
    const sandbox = new Sandbox({
      bundle: await deployedModule(emulator, deployed, folder),
      // As deployed; the rest is what Lambda itself adds.
      environment: {
        ...Environment.Variables,
        ...emulator.environment,
        AWS_LAMBDA_FUNCTION_NAME: FunctionName,
      },
      timeoutSeconds: Timeout,
      runtimeClient,
      onLine: (line) => lines.push(line),
    });
    try {
      const answer = await sandbox.invoke(sqsEvent(...records)).catch((cause: unknown) => {
        throw new Error(`the deployed function wrote: ${lines.join('\n')}`, { cause });
      });
      expect(JSON.parse(answer)).toEqual({ batchItemFailures: [] });
    } finally {
      await sandbox.kill();
    }
    const put = finerworks.requests.find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ path: '/v3/update_images', headers: KEYS });
    expect(JSON.parse(put?.body ?? '')).toMatchObject({ images: [image] });
    expect(finerworks.images.get(guid(1))).toMatchObject({ title: image.title });
    const tableName = Environment.Variables.LEDGER_TABLE ?? '';
    const history = await historyOf(new DynamoDBClient(client), tableName, guid(1));
    expect(history?.title?.settled).toMatchObject({ messageId: records[0]?.messageId });

    const changed = { ...settings, batchSize: '1000', timeoutSeconds: '180', maxTitleLength: '50' };
    await update(emulator, folder, changed);
    const { Configuration } = await deployedFunction(emulator);
    expect(Configuration).toMatchObject({
      FunctionName,
      CodeSha256: deployed.Configuration.CodeSha256,
      Timeout: 180,
      Environment: { Variables: { MAX_TITLE_LENGTH: '50' } },
    });
    expect(await takeOverMappings(emulator)).toEqual([
      expect.objectContaining({ EventSourceArn: queueArn, BatchSize: 1_000 }),
    ]);

    await destroy(emulator, folder, changed);
    await expect(deployedFunction(emulator)).rejects.toThrow();
    // What is in them exists nowhere else.
    const { QueueUrls = [] } = await queue.send(new ListQueuesCommand({}));
    expect(QueueUrls).toHaveLength(2);
  } finally {
    await finerworks.close();
    await rm(folder, { recursive: true, force: true });
  }
}
