import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stackOutputs } from '../../cli/aws/stack-outputs.ts';
import { type FunctionSettings, toEnvironment } from '../../lambda/config.ts';
import { type StandIn, startStandIn } from '../../local/finerworks/stand-in.ts';
import { cli, cliAtTerminal, cliJson } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { until } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';
import {
  type CloudEmulator,
  hasCloudEmulator,
  startCloudEmulator,
} from '../infra/cloud-emulator.ts';
import { functionResources } from '../infra/function-resources.ts';

const KEYS = { web_api_key: 'cloud-web-api-key', app_key: 'cloud-app-key' };
const STACK = 'FinerWorksImageUpdates';
/** Its name does not say so, but a tag does. */
const PRODUCTION = 'Shop';

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
      Log: { Type: 'AWS::Logs::LogGroup' },
      PageTopic: { Type: 'AWS::SNS::Topic' },
      TicketTopic: { Type: 'AWS::SNS::Topic' },
      ...functionResources(
        {
          Environment: { Variables: settings },
          LoggingConfig: { LogGroup: { Ref: 'Log' }, LogFormat: 'JSON' },
        },
        'Alias',
      ),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
      Undelivered: { Type: 'AWS::SQS::Queue', Properties: {} },
    },
    Outputs: {
      QueueUrl: output({ Ref: 'Queue' }),
      DeadLetterQueueUrl: output({ Ref: 'DeadLetters' }),
      TopicUndeliveredUrl: output({ Ref: 'Undelivered' }),
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
    const waiter = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
    const Tags = [{ Key: 'environment', Value: 'production' }];
    for (const [StackName, tags] of [[STACK], [PRODUCTION, { Tags }]] as const) {
      await client.send(new CreateStackCommand({ StackName, TemplateBody, ...tags }));
      await waitUntilStackCreateComplete(waiter, { StackName });
    }
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
      ['version', 'ok'],
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
      liveVersion: { value: { version: '1', shares: {} } },
      undelivered: { topic: { visible: 0 } },
      lastHour: {
        value: {
          totals: { Records: 12, DeadLettered: 5 },
          reasons: { DeadLettered: { Refused: 3, InvalidEvent: 2 } },
        },
      },
    });
  });

  test('status shows the alarms of the stack, those that ring first', async () => {
    const client = new CloudFormationClient();
    const { PageTopicArn = '' } = await stackOutputs(client, STACK);
    const cloudWatch = new CloudWatchClient();
    const put = async (AlarmName: string, AlarmDescription: string) => {
      const threshold = { Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' } as const;
      const metric = { MetricName: 'm', Namespace: 'n', Statistic: 'Sum', Period: 60 } as const;
      const actions = { EvaluationPeriods: 1, AlarmActions: [PageTopicArn] };
      await cloudWatch.send(
        new PutMetricAlarmCommand({
          ...{ AlarmName, AlarmDescription, ...threshold, ...metric, ...actions },
        }),
      );
    };
    await put(`${STACK}-Updates-KeyFailures`, 'Keys are wrong.');
    await put(`${STACK}-Updates-OldestMessage`, 'A change waits.');
    // Another deployment may share the topic.
    await put('Other-Updates-OldestMessage', 'A change waits.');
    await cloudWatch.send(
      new SetAlarmStateCommand({
        ...{ AlarmName: `${STACK}-Updates-OldestMessage`, StateValue: 'ALARM', StateReason: 'x' },
      }),
    );
    const { json } = await cliJson(['status']);
    expect(json.alarms.value).toMatchObject([
      { name: `${STACK}-Updates-OldestMessage`, state: 'ALARM', meaning: 'A change waits.' },
      { name: `${STACK}-Updates-KeyFailures` },
    ]);
    expect((await cli(['status'])).stdout).toMatch(
      /alarms {2}1 of 2 ring.*\n {2}FinerWorksImageUpdates-Updates-OldestMessage {2}since 20\S+Z\n {4}A change waits\./,
    );
  });

  test('tail reads the log group that the function says', async () => {
    const { code, json } = await cliJson(['tail', '--for', '0']);
    expect([code, json]).toEqual([0, { lines: 0 }]);
  });

  test('check says a cause that many checks have once', async () => {
    const { code, json } = await cliJson(['check', '--stack', 'Nowhere']);
    expect(code).toBe(1);
    const details: string[] = json.findings.map(({ detail }: { detail: string }) => detail);
    expect(details.filter((detail) => detail.includes('there is no stack'))).toHaveLength(1);
    expect(details).toContain('as for queue');
  });

  test('send takes the queue of the stack', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('e.ndjson', JSON.stringify({ guid: guid(1), title: 'a' }));
    expect((await cliJson(['send', file])).code).toBe(0);
    expect((await cliJson(['status'])).json.queue.visible).toBe(1);
  });

  test('says what it acts on; --stack goes before STACK, and STACK before the usual name', async () => {
    const named = await cli(['status', '--stack', STACK, '--json']);
    expect(named.stderr).toMatch(
      new RegExp(`^on stack ${STACK}, region us-east-1, account \\d{12}, queue http\\S+\n$`),
    );
    process.env.STACK = PRODUCTION;
    try {
      expect((await cli(['status'])).stderr).toContain(`on stack ${PRODUCTION},`);
      expect((await cli(['status', '--stack', STACK])).stderr).toContain(`on stack ${STACK},`);
    } finally {
      delete process.env.STACK;
    }
  });

  test.each([
    ['pause'],
    ['resume'],
    ['image', 'forget', guid(1)],
    ['dlq', 'redrive', '--limit', '5', '--wait', '0'],
  ])('%s asks in production, and does nothing where there is nobody to ask', async (...argv) => {
    const production = [...argv, '--stack', PRODUCTION];
    expect(await cli(production)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/is production, and there is no terminal .* add --yes/),
    });
    expect(await cliAtTerminal(production, 'n')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('nothing was changed'),
    });
  });

  test('--yes answers what is asked in production', async () => {
    const { code, json } = await cliJson(['pause', '--stack', PRODUCTION, '--yes']);
    expect([code, json.state]).toEqual([0, 'Disabled']);
  });

  test('--region and --profile go before the environment', async () => {
    const { stderr } = await cli(['status', '--region', 'eu-west-1']);
    expect(stderr).toContain('there is no stack FinerWorksImageUpdates in eu-west-1');
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
    // The SDK warns of keys beside a profile, and takes the profile.
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    await using folder = await temporaryFolder();
    process.env.AWS_CONFIG_FILE = await folder.write(
      'config',
      '[profile other]\nregion = eu-west-2\n',
    );
    process.env.AWS_SHARED_CREDENTIALS_FILE = await folder.write(
      'credentials',
      `[other]\naws_access_key_id = a\naws_secret_access_key = b\n`,
    );
    try {
      const profiled = await cli(['status', '--profile', 'other', '--region', 'us-east-1']);
      expect(profiled).toMatchObject({ code: 0 });
      const nobody = await cli(['status', '--profile', 'nobody']);
      expect(nobody).toMatchObject({ code: 3, stderr: expect.stringContaining('--profile') });
    } finally {
      delete process.env.AWS_CONFIG_FILE;
      delete process.env.AWS_SHARED_CREDENTIALS_FILE;
      Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
    }
  });

  test('what the topic could not deliver is listed and redriven with --from, and the rule has nothing', async () => {
    const queue = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { TopicUndeliveredUrl } = await stackOutputs(new CloudFormationClient(), STACK);
    await queue.send(
      new SendMessageCommand({
        QueueUrl: TopicUndeliveredUrl,
        MessageBody: JSON.stringify({ guid: guid(7), title: 'late' }),
        MessageAttributes: {
          ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' },
          ERROR_MESSAGE: { DataType: 'String', StringValue: 'no access' },
        },
      }),
    );
    const { json } = await cliJson(['dlq', 'list', '--from', 'topic']);
    expect(json.groups).toMatchObject([
      { reason: 'none', letters: [{ detail: 'not delivered: NO_PERMISSIONS: no access' }] },
    ]);
    expect((await cliJson(['dlq', 'list'])).json.groups).toEqual([]);
    const { visible } = (await cliJson(['status'])).json.queue;
    const redriven = await cliJson(['dlq', 'redrive', '--from', 'topic', '--yes', '--wait', '0']);
    expect(redriven).toMatchObject({ code: 0, json: { redriven: 1 } });
    const after = (await cliJson(['status'])).json;
    expect([after.queue.visible, after.undelivered.topic.visible]).toEqual([visible + 1, 0]);
    const rule = await cli(['dlq', 'redrive', '--from', 'rule', '--yes']);
    expect(rule).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('what a rule could not'),
    });
  });

  describe('rollback', () => {
    /** Publishes a version with other settings. */
    const publish = async (Timeout: number) => {
      const { FunctionName } = await stackOutputs(new CloudFormationClient(), STACK);
      const lambda = new LambdaClient();
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
      await lambda.send(new PublishVersionCommand({ FunctionName }));
    };

    test('moves the alias back and forth, and never where there is no version', async () => {
      const first = await cliJson(['rollback']);
      expect(first).toMatchObject({
        code: 2,
        json: { error: { message: expect.stringMatching(/none before/) } },
      });
      await publish(99);
      expect(await cliJson(['rollback', '--to', '2'])).toMatchObject({
        json: { from: '1', to: '2' },
      });
      expect(await cliJson(['rollback', '--to', '9'])).toMatchObject({ code: 2 });
    });

    test('shows the versions, and asks: without a terminal it needs --yes', async () => {
      const { code, stderr } = await cli(['rollback']);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/add --yes.*\n(.*\n)+2 .* takes events\n1 /),
      ]);
      const asked = await cliAtTerminal(['rollback'], 'n');
      expect([asked.code, asked.stdout]).toEqual([1, '']);
      expect(asked.stderr).toMatch(/Go from version 2 to 1\?(.|\n)*nothing was changed/);
      expect(await cliJson(['rollback', '--yes'])).toMatchObject({ json: { from: '2', to: '1' } });
    });

    test('to the version that is live says so, and changes nothing', async () => {
      const { code, stdout } = await cli(['rollback', '--to', '1']);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^Version 1 takes events already/)]);
    });

    test('never chooses a version that somebody went back from', async () => {
      await publish(98);
      await cli(['rollback', '--to', '3']);
      expect(await cliJson(['rollback', '--yes'])).toMatchObject({ json: { from: '3', to: '1' } });
    });

    test('leaves an alias behind the newest version, which status and check say', async () => {
      const { stdout } = await cli(['status']);
      expect(stdout).toMatch(/version {2}1; the newest is 3/);
      const { json } = await cliJson(['check']);
      expect(json.findings).toContainEqual({
        subject: 'version',
        result: 'warns',
        detail: expect.stringMatching(/^1 takes events, and the newest is 3: .*rollback --to 3/),
      });
    });
  });

  test('rollback leaves a deployment that is under way to CloudFormation', async () => {
    const { FunctionName } = await stackOutputs(new CloudFormationClient(), STACK);
    await new LambdaClient().send(
      new UpdateAliasCommand({
        FunctionName,
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      }),
    );
    const { stdout } = await cli(['status']);
    expect(stdout).toContain('version  1, and 2 for 10 % of the invocations');
    const { code, stderr } = await cli(['rollback']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cancel-update-stack')]);
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
