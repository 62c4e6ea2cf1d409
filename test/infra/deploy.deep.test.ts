import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { type StackOutputs, stackOutputs } from '../../cli/aws/stack-outputs.ts';
import { historyOf } from '../../lambda/ledger/history.ts';
import { Outcome } from '../../lambda/outcomes/outcome.ts';
import { type StandIn, startStandIn } from '../../local/finerworks/stand-in.ts';
import { toRecord } from '../../local/lambda/sqs-record.ts';
import { cliJson } from '../helpers/cli.ts';
import { guid } from '../helpers/records.ts';
import { runbookSections } from '../helpers/runbook.ts';
import { installedRuntimeClient } from '../helpers/runtime-client.ts';
import { deployedPolicy, ROLES, type Role } from './access/deployed-policy.ts';
import { endingCommandNames, TRIALS } from './access/every-command.ts';
import { startGuard } from './access/guard.ts';
import { type CloudEmulator, hasCloudEmulator, startCloudEmulator } from './cloud-emulator.ts';
import {
  bootstrap,
  deploy,
  deployedFunction,
  destroy,
  importKept,
  invokeDeployed,
  takeOverMappings,
  update,
} from './deployment.ts';

const KEYS = { web_api_key: 'deployed-web-api-key', app_key: 'deployed-app-key' };
const BusEvent = z.object({ detail: z.unknown() });
const STACK = 'FinerWorksImageUpdates';

/** Where it can't be installed, aws-runtime.deep.test.ts says so. */
const runtimeClient = hasCloudEmulator() ? installedRuntimeClient() : undefined;

const suite = hasCloudEmulator() ? describe : describe.skip;
if (!hasCloudEmulator()) {
  process.stderr.write(
    '\nSKIPPED: the deployment is NOT proven here, since moto_server is not on the PATH (pip install "moto[server]").\n\n',
  );
}

/** A place of the runbook's file that an output fills; null where the stack has no such output. */
const Kept = z.record(z.string(), z.record(z.string(), z.string().nullable()));

/** What the runbook says of taking back: the ids of the template, each with what names the resource. */
function keptResources(outputs: StackOutputs): Record<string, Record<string, string>> {
  const text = runbookSections().get('Taking back what a destroyed stack left') ?? '';
  const [, json = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
  const filled = json.replaceAll(/"([A-Z]\w+) of the old stack"/g, (_whole, name: string) =>
    JSON.stringify(Object.entries(outputs).find(([output]) => output === name)?.[1] ?? null),
  );
  // What the stack did not have is left out.
  const had = Object.entries(Kept.parse(JSON.parse(filled))).filter(
    ([, names]) => !Object.values(names).includes(null),
  );
  return z.record(z.string(), z.record(z.string(), z.string())).parse(Object.fromEntries(had));
}

/** Each test goes on where the one before it ended: a deployment takes half a minute. */
suite('a deployment, as moto_server emulates it', () => {
  let folder: string;
  let finerworks: StandIn;
  let emulator: CloudEmulator;
  let settings: Record<string, string>;
  let outputs: StackOutputs;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deploy-test-'));
    finerworks = await startStandIn({ keys: KEYS });
    finerworks.images.add([1, 2, 3].map(guid));
    emulator = await startCloudEmulator();
    Object.assign(process.env, emulator.environment);
    const secret = { Name: 'finerworks/keys', SecretString: JSON.stringify(KEYS) };
    await new SecretsManagerClient().send(new CreateSecretCommand(secret));
    settings = {
      secretName: secret.Name,
      apiUrl: finerworks.url,
      topicArn: 'arn:aws:sns:us-east-1:123456789012:image-changes',
      eventBusName: 'default',
      eventPattern: '{"source":["com.example.pim"]}',
      outcomesTarget: 'default',
    };
    await bootstrap(emulator, folder, settings);
    await deploy(emulator, folder, settings);
    outputs = await stackOutputs(new CloudFormationClient(), STACK);
  }, 180_000);
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await finerworks.close();
    await rm(folder, { recursive: true, force: true });
  });

  // The addresses of queues are those of AWS, wherever the emulator is.
  const sqs = () => new SQSClient({ useQueueUrlAsEndpoint: false });

  const send = async (QueueUrl: string, body: object) => {
    const command = new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) });
    return (await sqs().send(command)).MessageId;
  };

  /** Takes what waits in the queue, as the event source would. */
  const take = async (): Promise<SQSRecord[]> => {
    const client = sqs();
    const { QueueUrl } = outputs;
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await client.send(command);
    for (const { ReceiptHandle } of Messages) {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.map((message) => toRecord(message, 'arn:aws:sqs:us-east-1:123456789012:queue'));
  };

  /** Runs a command with the permissions of a role. */
  const runAs = async (role: Role, argv: readonly string[]) => {
    const guard = await startGuard(emulator, await deployedPolicy(emulator, STACK, role));
    process.env.AWS_ENDPOINT_URL = guard.url;
    try {
      return { ...(await cliJson(argv)), denied: guard.denied };
    } finally {
      process.env.AWS_ENDPOINT_URL = emulator.url;
      await guard.close();
    }
  };

  test('takes an event to FinerWorks, with the deployed bundle and its environment', async () => {
    expect(await takeOverMappings(emulator)).toEqual([
      expect.objectContaining({
        BatchSize: 500,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ]);
    const image = { guid: guid(1), title: 'My Cool Image' };
    await send(outputs.QueueUrl, image);
    const records = await take();
    expect(records).toHaveLength(1);
    const live = await deployedFunction(emulator, 'live');
    const answer = await invokeDeployed(emulator, live, records, folder, runtimeClient);
    expect(answer).toEqual({ batchItemFailures: [] });
    const put = finerworks.requests.find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ path: '/v3/update_images', headers: KEYS });
    expect(JSON.parse(put?.body ?? '')).toMatchObject({ images: [image] });
    expect(finerworks.images.get(guid(1))).toMatchObject({ title: image.title });
    const history = await historyOf(new DynamoDBClient(), outputs.LedgerTableName ?? '', guid(1));
    const messageId = records[0]?.messageId ?? '';
    expect(history?.title?.settled).toMatchObject({ messageId });
    const { json } = await cliJson(['event', messageId]);
    expect(json).toMatchObject({ found: true, decisions: 1 });
  });

  test('tells the bus what became of an event, and a rule leads that to those who listen', async () => {
    const { QueueUrl } = await sqs().send(new CreateQueueCommand({ QueueName: 'listener' }));
    const bus = new EventBridgeClient();
    const EventPattern = '{"source":["finerworks-image-updates"]}';
    await bus.send(new PutRuleCommand({ Name: 'outcomes', EventPattern }));
    const target = { Id: 'listener', Arn: 'arn:aws:sqs:us-east-1:123456789012:listener' };
    await bus.send(new PutTargetsCommand({ Rule: 'outcomes', Targets: [target] }));
    const messageId = await send(outputs.QueueUrl, { guid: guid(1), title: 'Told' });
    const live = await deployedFunction(emulator, 'live');
    await invokeDeployed(emulator, live, await take(), folder, runtimeClient);
    const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
    const { detail } = BusEvent.parse(JSON.parse(Messages[0]?.Body ?? ''));
    expect(Outcome.parse(detail)).toMatchObject({
      type: 'finerworks-image-updates.applied',
      data: { messageId, guids: [guid(1)] },
    });
  });

  test.each([
    [
      'topic',
      {
        Type: 'Notification',
        MessageId: 'c1d2e3f4-0a1b-4c2d-8e3f-a1b2c3d4e5f6',
        TopicArn: 'arn:aws:sns:us-east-1:123456789012:image-changes',
        Message: JSON.stringify({ guid: guid(2), title: 'by topic' }),
        Timestamp: '2026-11-20T10:00:00.000Z',
      },
      { guid: guid(2), title: 'by topic' },
    ],
    [
      'rule',
      {
        version: '0',
        id: 'a1b2c3d4-0a1b-4c2d-8e3f-c1d2e3f4a5b6',
        'detail-type': 'changed',
        source: 'com.example.pim',
        account: '123456789012',
        time: '2026-11-20T10:00:00Z',
        region: 'us-east-1',
        resources: [],
        detail: { guid: guid(3), title: 'by rule' },
      },
      { guid: guid(3), title: 'by rule' },
    ],
  ] as const)(
    'what the %s could not deliver is redriven by an operator, and keeps its place in the order',
    async (source, envelope, image) => {
      const url = source === 'topic' ? outputs.TopicUndeliveredUrl : outputs.RuleUndeliveredUrl;
      await send(url ?? '', envelope);
      const redrive = ['dlq', 'redrive', '--from', source, '--yes', '--wait', '0'];
      expect(await runAs('Operator', redrive)).toMatchObject({
        code: 0,
        json: { redriven: 1 },
        denied: [],
      });
      const { json } = await cliJson(['status']);
      expect(json.undelivered[source]).toMatchObject({ visible: 0, inFlight: 0 });
      const records = await take();
      expect(JSON.parse(records[0]?.body ?? '')).toEqual(envelope);
      const live = await deployedFunction(emulator, 'live');
      await invokeDeployed(emulator, live, records, folder, runtimeClient);
      expect(finerworks.images.get(image.guid)).toMatchObject({ title: image.title });
      const table = outputs.LedgerTableName ?? '';
      const history = await historyOf(new DynamoDBClient(), table, image.guid);
      expect(history?.title?.settled?.order.time).toMatch(/^2026-11-20T10:00:00/);
    },
  );

  test('changes code and settings together, as a new version', async () => {
    const before = await deployedFunction(emulator, 'live');
    const changed = { batchSize: '1000', timeoutSeconds: '180', maxTitleLength: '50' };
    Object.assign(settings, changed);
    await update(emulator, folder, settings);
    const { Configuration } = await deployedFunction(emulator, 'live');
    expect(Configuration).toMatchObject({
      FunctionName: before.Configuration.FunctionName,
      Version: '2',
      CodeSha256: before.Configuration.CodeSha256,
      Timeout: 180,
      Environment: { Variables: { MAX_TITLE_LENGTH: '50' } },
    });
    expect(await takeOverMappings(emulator)).toEqual([
      expect.objectContaining({ BatchSize: 1_000 }),
    ]);
    expect((await cliJson(['status'])).json.liveVersion).toMatchObject({ value: { version: '2' } });
  });

  test.each(ROLES)('a %s may run what is theirs, and nothing else', async (role) => {
    expect(Object.keys(TRIALS).sort()).toEqual(endingCommandNames().sort());
    const done: string[] = [];
    for (const [name, { argv }] of Object.entries(TRIALS)) {
      const events = join(folder, `${role}-${name}.ndjson`);
      await writeFile(events, JSON.stringify({ guid: guid(1), title: role }));
      const letter = (await send(outputs.DeadLetterQueueUrl, { guid: guid(1), title: 'x' })) ?? '';
      const material = { events, fresh: `${events}.out`, letter };
      const { code, denied } = await runAs(role, [...name.split(' '), ...argv(material)]);
      // To read the keys is tried where that adds to a report, and missed by nobody.
      const missed = denied.filter((action) => action !== 'secretsmanager:GetSecretValue');
      if (missed.length === 0 && code !== 3) done.push(name);
    }
    const theirs = Object.entries(TRIALS).filter(([, { roles }]) => roles.includes(role));
    expect(done).toEqual(theirs.map(([name]) => name));
  });

  test('has gone back to the version before by one command of the operator', async () => {
    const { Configuration } = await deployedFunction(emulator, 'live');
    expect(Configuration).toMatchObject({ Version: '1', Timeout: 120 });
    expect(Configuration.Environment.Variables).not.toHaveProperty('MAX_TITLE_LENGTH');
    const { code, json } = await cliJson(['rollback']);
    expect([code, json.error.message]).toEqual([2, expect.stringContaining('none before it')]);
    expect(await cliJson(['rollback', '--to', '2'])).toMatchObject({
      code: 0,
      json: { from: '1', to: '2' },
    });
  });

  test('goes without its queues and its ledger, whose content exists nowhere else', async () => {
    await destroy(emulator, folder, settings);
    await expect(deployedFunction(emulator)).rejects.toThrow();
    const { QueueUrls = [] } = await sqs().send(new ListQueuesCommand({}));
    // Events, dead letters, and what topic, rule and doors could not bring.
    expect(QueueUrls).toHaveLength(5);
    const { TableNames } = await new DynamoDBClient().send(new ListTablesCommand({}));
    expect(TableNames).toContain(outputs.LedgerTableName);
  });

  test('takes back what stayed, by cdk import and the next deployment', async () => {
    const kept = outputs;
    await importKept(emulator, folder, settings, keptResources(kept));
    await update(emulator, folder, settings);
    outputs = await stackOutputs(new CloudFormationClient(), STACK);
    expect(outputs).toMatchObject({
      QueueUrl: kept.QueueUrl,
      DeadLetterQueueUrl: kept.DeadLetterQueueUrl,
      TopicUndeliveredUrl: kept.TopicUndeliveredUrl,
      RuleUndeliveredUrl: kept.RuleUndeliveredUrl,
      LedgerTableName: kept.LedgerTableName,
      TrailTableName: kept.TrailTableName,
    });
    expect(await takeOverMappings(emulator)).toHaveLength(1);
    const { json } = await cliJson(['image', guid(2)]);
    expect(json).toMatchObject({ found: true });
  });
});
