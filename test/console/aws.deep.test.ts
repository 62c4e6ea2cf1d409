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
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stackOutputs } from '../../cli/aws/stack-outputs.ts';
import { TRAIL_SCHEMA } from '../../local/aws/trail-table.ts';
import { browserOrSkip, type OpenedPage, openPage } from '../helpers/browser.ts';
import { startTestConsole } from '../helpers/console.ts';
import { deathLine, keepIn } from '../helpers/kept-trail.ts';
import { guid } from '../helpers/records.ts';
import {
  type CloudEmulator,
  hasCloudEmulator,
  startCloudEmulator,
} from '../infra/cloud-emulator.ts';
import { functionResources } from '../infra/function-resources.ts';

const STACKS = ['Staging', 'Production'];
const MEANING = 'Events can never succeed as they are. Each dead letter says why.';

/** What the console asks a stack for. */
const TEMPLATE = JSON.stringify({
  Resources: {
    DeadLetters: { Type: 'AWS::SQS::Queue' },
    Queue: { Type: 'AWS::SQS::Queue' },
    TopicUndelivered: { Type: 'AWS::SQS::Queue' },
    RuleUndelivered: { Type: 'AWS::SQS::Queue' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Trail: { Type: 'AWS::DynamoDB::Table', Properties: TRAIL_SCHEMA },
    ...functionResources(),
  },
  Outputs: {
    QueueUrl: { Value: { Ref: 'Queue' } },
    DeadLetterQueueUrl: { Value: { Ref: 'DeadLetters' } },
    TopicUndeliveredUrl: { Value: { Ref: 'TopicUndelivered' } },
    RuleUndeliveredUrl: { Value: { Ref: 'RuleUndelivered' } },
    FunctionName: { Value: { Ref: 'Function' } },
    TrailTableName: { Value: { Ref: 'Trail' } },
    PageTopicArn: { Value: { Ref: 'Topic' } },
    TicketTopicArn: { Value: { Ref: 'Topic' } },
  },
});

/** An alarm of a stack that rings, and what its function counted. */
async function fillCloudWatch(stack: string): Promise<void> {
  const client = new CloudWatchClient();
  const AlarmName = `${stack}-Updates-DeadLetters`;
  const { FunctionName, TicketTopicArn = '' } = await stackOutputs(
    new CloudFormationClient(),
    stack,
  );
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmDescription: MEANING,
      AlarmActions: [TicketTopicArn],
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Namespace: 'AWS/SQS',
      ...{ Period: 60, EvaluationPeriods: 1, Threshold: 0, Statistic: 'Maximum' },
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  await client.send(
    new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a test' }),
  );
  const Timestamp = new Date(Date.now() - 120_000);
  const Dimensions = [{ Name: 'service', Value: FunctionName }];
  await client.send(
    new PutMetricDataCommand({
      Namespace: 'FinerWorksImageUpdates',
      MetricData: [
        { MetricName: 'Images', Value: 42, Timestamp, Dimensions },
        { MetricName: 'Returned', Value: 3, Timestamp, Dimensions },
        {
          ...{ MetricName: 'Returned', Value: 3, Timestamp },
          Dimensions: [...Dimensions, { Name: 'reason', Value: 'Throttled' }],
        },
      ],
    }),
  );
}

/** Lets the trail and the log of a stack tell of one dead letter. */
async function killOne(stack: string): Promise<void> {
  const outputs = await stackOutputs(new CloudFormationClient(), stack);
  const { TrailTableName = '', FunctionName } = outputs;
  const death = { verdict: 'dead-lettered', reason: 'Refused', guids: [guid(1)] };
  await keepIn(TrailTableName, new DynamoDBClient(), Date.now(), [{ id: 'order-17', ...death }]);
  const logs = new CloudWatchLogsClient();
  const where = { logGroupName: `/aws/lambda/${FunctionName}`, logStreamName: 'live' };
  // The emulator's Lambda may have made the group; AWS's makes it with the first line.
  await logs.send(new CreateLogGroupCommand(where)).catch(() => {});
  await logs.send(new CreateLogStreamCommand(where));
  const logEvents = [{ timestamp: Date.now(), message: deathLine('order-17') }];
  await logs.send(new PutLogEventsCommand({ ...where, logEvents }));
}

const browser = hasCloudEmulator() ? await browserOrSkip('the console on AWS') : undefined;
if (!hasCloudEmulator()) {
  process.stderr.write(
    '\nSKIPPED: the console on AWS is NOT tried, since moto_server is not on the PATH (pip install "moto[server]").\n\n',
  );
}
const suite = browser === undefined ? describe.skip : describe;

suite('on AWS, as moto_server emulates it', () => {
  let emulator: CloudEmulator;
  let console: Awaited<ReturnType<typeof startTestConsole>>;
  let opened: OpenedPage;
  beforeAll(async () => {
    if (browser === undefined) return;
    emulator = await startCloudEmulator();
    Object.assign(process.env, emulator.environment);
    const client = new CloudFormationClient();
    for (const StackName of STACKS) {
      await client.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE }));
      const waiter = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
      await waitUntilStackCreateComplete(waiter, { StackName });
      await fillCloudWatch(StackName);
    }
    const { environment } = emulator;
    console = await startTestConsole({
      environment,
      targets: STACKS.map((stack) => ({ stack })),
    });
    opened = await openPage(browser, console.address());
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await console[Symbol.asyncDispose]();
    await emulator[Symbol.asyncDispose]();
  });

  test('the overview has alarms with their meaning, counts of the last hour, and charts', async () => {
    const { page } = opened;
    await page.getByText(MEANING).waitFor();
    await page.getByRole('link', { name: 'DeadLetters', exact: true }).waitFor();
    await page.getByText('images 42 now, 42 at most').waitFor();
    expect(await page.locator('section', { hasText: 'The last hour' }).innerText()).toMatch(
      /Images\s+42/,
    );
    const reason = page.getByRole('link', { name: 'Throttled 3' });
    const asked = 'hours=1&verdict=returned&reason=Throttled';
    expect(await reason.getAttribute('href')).toBe(`#/0/events/${encodeURIComponent(asked)}`);
    await page.getByRole('button', { name: '14 days' }).click();
    await page.getByText('images 42 now, 42 at most').waitFor();
  });

  test('several deployments stand side by side, and production is red', async () => {
    const { page } = opened;
    const header = page.locator('header');
    expect(await header.getAttribute('class')).toBe('');
    await page.getByLabel('Deployment').selectOption('Production');
    await page.locator('header.production').waitFor();
    expect(await header.innerText()).toContain('production');
    const ground = await page.evaluate(
      'getComputedStyle(document.querySelector("header")).backgroundColor',
    );
    expect(ground).toBe('rgb(180, 35, 24)');
  });

  test('a paused deployment says so', async () => {
    await opened.page.getByText('Disabled').waitFor();
    await opened.page.getByRole('button', { name: 'Resume' }).waitFor();
  });

  test('it can be resumed and paused again', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('The event source mapping is Enabled.').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('The event source mapping is Disabled.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(console.actions().slice(-2)).toMatchObject([
      { action: 'resume', deployment: 'Production', result: 'done' },
      { action: 'pause', deployment: 'Production', result: 'done' },
    ]);
  });

  test('the trail and the log tell of events', async () => {
    const { page } = opened;
    await killOne('Production');
    await page.keyboard.press('e');
    await page.getByRole('link', { name: 'order-17' }).click();
    await page.getByRole('heading', { name: 'event order-17, 1 image' }).waitFor();
    await page.goto(`${console.origin}/#/1/tail/minutes%3D60`);
    await page.getByText('Following.').waitFor();
    await page.getByRole('link', { name: 'order-17' }).waitFor();
  });

  test('what the topic could not deliver is a list of its own, and is replayed from there', async () => {
    const client = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { QueueUrl, TopicUndeliveredUrl } = await stackOutputs(
      new CloudFormationClient(),
      'Production',
    );
    const why = { ERROR_CODE: 'AccessDenied', ERROR_MESSAGE: 'no permission' };
    await client.send(
      new SendMessageCommand({
        QueueUrl: TopicUndeliveredUrl,
        MessageBody: JSON.stringify({ guid: guid(1), title: 'not delivered' }),
        MessageAttributes: Object.fromEntries(
          Object.entries(why).map(([name, text]) => [
            name,
            { DataType: 'String', StringValue: text },
          ]),
        ),
      }),
    );
    const { page } = opened;
    await page.keyboard.press('l');
    await page.getByText('0 as they were').waitFor();
    await page.getByLabel('Queue').selectOption('What the rule could not deliver');
    await page.getByText('None.').waitFor();
    await page.getByLabel('Queue').selectOption('What the topic could not deliver');
    await page.getByText('1 as they were').waitFor();
    await page.getByText('not delivered: AccessDenied: no permission').waitFor();
    await page.getByRole('link', { name: 'no reason' }).click();
    await page.locator('tbody a').first().click();
    await page.getByRole('heading', { name: 'Not delivered by the topic' }).waitFor();
    await page.getByRole('link', { name: 'What the runbook says' }).click();
    await page.getByRole('heading', { name: 'Alarm: TopicUndelivered' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('1 redriven.').waitFor();
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => JSON.parse(Body ?? ''))).toEqual([
      { guid: guid(1), title: 'not delivered' },
    ]);
  });

  test('what was chosen of one deployment is not chosen of another', async () => {
    const { page } = opened;
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: 'What the topic could not deliver' }).waitFor();
    await page.getByLabel('Deployment').selectOption('Staging');
    await page.getByRole('heading', { name: 'Dead letters' }).waitFor();
  });

  test('nothing failed in the page', () => {
    expect(opened.faults).toEqual([]);
  });
});
