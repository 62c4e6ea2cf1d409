import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stackOutputs } from '../../cli/aws/stack-outputs.ts';
import { type FunctionSettings, toEnvironment } from '../../lambda/config.ts';
import { type StandIn, startStandIn } from '../../local/finerworks/stand-in.ts';
import { cli, cliJson } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import {
  type CloudEmulator,
  hasCloudEmulator,
  startCloudEmulator,
} from '../infra/cloud-emulator.ts';

const KEYS = { web_api_key: 'cloud-web-api-key', app_key: 'cloud-app-key' };
const STACK = 'FinerWorksImageUpdates';

/** What the stack is, as far as commands ask: queues, function, mapping, outputs. */
function template(settings: Record<string, unknown>) {
  const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
  const output = (Value: object) => ({ Value });
  return {
    Resources: {
      DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          MessageRetentionPeriod: 604_800,
          RedrivePolicy: { deadLetterTargetArn: arn('DeadLetters'), maxReceiveCount: 200 },
        },
      },
      PageTopic: { Type: 'AWS::SNS::Topic' },
      TicketTopic: { Type: 'AWS::SNS::Topic' },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: arn('Role'),
          Code: { ZipFile: 'exports.handler = () => {}' },
          Environment: { Variables: settings },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: arn('Queue'),
          FunctionName: { Ref: 'Function' },
          // The emulator would start containers.
          Enabled: false,
        },
      },
    },
    Outputs: {
      QueueUrl: output({ Ref: 'Queue' }),
      DeadLetterQueueUrl: output({ Ref: 'DeadLetters' }),
      FunctionName: output({ Ref: 'Function' }),
      PageTopicArn: output({ Ref: 'PageTopic' }),
      TicketTopicArn: output({ Ref: 'TicketTopic' }),
    },
  };
}

const suite = hasCloudEmulator() ? describe : describe.skip;
if (!hasCloudEmulator()) {
  process.stderr.write(
    '\nSKIPPED: stack, metrics and event source mapping are NOT tried, since moto_server is not on the PATH (pip install "moto[server]").\n\n',
  );
}

suite('on AWS, as moto_server emulates it', () => {
  let emulator: CloudEmulator;
  let standIn: StandIn;

  beforeAll(async () => {
    standIn = await startStandIn({ keys: KEYS });
    emulator = await startCloudEmulator();
    Object.assign(process.env, emulator.environment);
    const secret = { Name: 'finerworks/keys', SecretString: JSON.stringify(KEYS) };
    await new SecretsManagerClient().send(new CreateSecretCommand(secret));
    const settings = {
      apiUrl: standIn.url,
      secretId: secret.Name,
      queueUrl: 'https://placeholder.invalid/queue',
      deadLetterQueueUrl: 'https://placeholder.invalid/dead-letters',
    } satisfies FunctionSettings;
    const variables = { ...toEnvironment(settings), QUEUE_URL: { Ref: 'Queue' } };
    const client = new CloudFormationClient();
    const TemplateBody = JSON.stringify(template(variables));
    await client.send(new CreateStackCommand({ StackName: STACK, TemplateBody }));
    const waiter = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
    await waitUntilStackCreateComplete(waiter, { StackName: STACK });
  }, 90_000);
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await standIn.close();
  });

  test('check finds all parts by the stack’s outputs, and that events are not taken', async () => {
    const { code, json } = await cliJson(['check']);
    const results = json.findings.map(
      ({ subject, result }: { subject: string; result: string }) => [subject, result],
    );
    expect(results).toEqual([
      ['queue', 'ok'],
      ['dead-letter queue', 'ok'],
      ['redrive policy', 'ok'],
      ['reading dead letters', 'ok'],
      ['event source mapping', 'fails'],
      ['ledger', 'ok'],
      ['probe', 'unknown'],
      ['keys', 'ok'],
      ['alarms', 'warns'],
    ]);
    expect(code).toBe(1);
    expect(json.findings[4].detail).toContain('resume');
  });

  test('check warns until somebody is told of alarms, and says which', async () => {
    const { PageTopicArn, TicketTopicArn } = await stackOutputs(new CloudFormationClient(), STACK);
    const alarms = async () => (await cliJson(['check'])).json.findings.at(-1);
    const subscribe = async (TopicArn: string | undefined) => {
      const Endpoint = 'https://on-call.example.com';
      await new SNSClient().send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint }));
    };
    expect((await alarms()).detail).toMatch(/^pages: nobody subscribes .*; tickets: nobody/);
    await subscribe(PageTopicArn);
    expect((await alarms()).detail).toMatch(/^tickets: nobody subscribes/);
    await subscribe(TicketTopicArn);
    expect(await alarms()).toMatchObject({
      result: 'ok',
      detail: 'pages: 1 told, tickets: 1 told',
    });
  });

  test.each([
    [1, 0, 'was answered'],
    [0, 1, 'did not answer it as documented'],
  ])(
    'smoke-test says what became of its heartbeat, where the function counts %s',
    async (value, code, text) => {
      const { QueueUrl, FunctionName } = await stackOutputs(new CloudFormationClient(), STACK);
      const running = cli(['smoke-test', '--wait', '60']);
      // The function's part: it takes the heartbeat from the queue and counts it.
      const received = await receiveOne(QueueUrl);
      expect(received).toMatch(/^\{"heartbeat":"smoke-test [\w-]+"\}$/);
      await new CloudWatchClient().send(
        new PutMetricDataCommand({
          Namespace: 'FinerWorksImageUpdates',
          MetricData: [
            {
              MetricName: 'Heartbeats',
              Value: value,
              Timestamp: new Date(),
              Dimensions: [{ Name: 'service', Value: FunctionName }],
            },
          ],
        }),
      );
      const { code: ended, stdout } = await running;
      expect(stdout).toContain(text);
      expect(ended).toBe(code);
    },
  );

  test('smoke-test gives up where nothing is counted, and only sends where it need not wait', async () => {
    const { QueueUrl } = await stackOutputs(new CloudFormationClient(), STACK);
    const given = await cli(['smoke-test', '--wait', '1']);
    expect(given).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing was counted'),
    });
    expect(await receiveOne(QueueUrl)).toContain('heartbeat');
    expect(await cliJson(['smoke-test', '--wait', '0'])).toMatchObject({ code: 0 });
    expect(await receiveOne(QueueUrl)).toContain('heartbeat');
  });

  test('resume and pause switch the event source mapping', async () => {
    expect(await cliJson(['resume'])).toMatchObject({ code: 0, json: { state: 'Enabled' } });
    expect((await cliJson(['check'])).code).toBe(0);
    expect(await cliJson(['pause'])).toMatchObject({ code: 0, json: { state: 'Disabled' } });
  });

  test('status sums what the function counted in the last hour, by verdict and reason', async () => {
    const { FunctionName } = await stackOutputs(
      new CloudFormationClient(),
      'FinerWorksImageUpdates',
    );
    const service = { Name: 'service', Value: FunctionName };
    const metric = (MetricName: string, Value: number, reason?: string) => ({
      MetricName,
      Value,
      Timestamp: new Date(Date.now() - 120_000),
      Dimensions: reason === undefined ? [service] : [service, { Name: 'reason', Value: reason }],
    });
    await new CloudWatchClient().send(
      new PutMetricDataCommand({
        Namespace: 'FinerWorksImageUpdates',
        MetricData: [
          metric('Records', 12),
          metric('DeadLettered', 5),
          metric('DeadLettered', 3, 'Refused'),
          metric('DeadLettered', 2, 'InvalidEvent'),
          // Seconds, which nobody sums; and what another deployment counted.
          metric('Latency', 7),
          { ...metric('Records', 99), Dimensions: [{ ...service, Value: 'another' }] },
        ],
      }),
    );
    const { json } = await cliJson(['status']);
    expect(json.lastHour.value.totals).not.toHaveProperty('Latency');
    expect(json).toMatchObject({
      eventSourceMapping: { value: 'Disabled' },
      lastHour: {
        value: {
          totals: { Records: 12, DeadLettered: 5 },
          reasons: { DeadLettered: { Refused: 3, InvalidEvent: 2 } },
        },
      },
    });
  });

  test('send takes the queue of the stack', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('e.ndjson', JSON.stringify({ guid: guid(1), title: 'a' }));
    expect((await cliJson(['send', file])).code).toBe(0);
    expect((await cliJson(['status'])).json.queue.visible).toBe(1);
  });

  test('a stack that there is not is one clear line', async () => {
    const { code, stderr } = await cli(['status', '--stack', 'Nowhere']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: there is no stack Nowhere in us-east-1: .*--stack.*\n$/);
  });
});

/** Takes one message from a queue for good. @returns its body */
async function receiveOne(QueueUrl: string): Promise<string> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  let body: string | undefined;
  await until(async () => {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    for (const { Body, ReceiptHandle } of Messages) {
      body = Body;
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return body !== undefined;
  });
  return body ?? '';
}
