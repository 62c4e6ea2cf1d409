import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { QUERIES } from '../../../infra/monitoring/queries.ts';
import { REPOSITORY_URL } from '../../../infra/repository.ts';
import { anchorOf, runbookSections } from '../../helpers/runbook.ts';
import { EVERYTHING, keyStatements, templateOf } from '../template.ts';

const template = templateOf(EVERYTHING);

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly DatapointsToAlarm: number;
  readonly EvaluationPeriods: number;
  readonly AlarmActions: readonly { readonly Ref: string }[];
  readonly OKActions: readonly { readonly Ref: string }[];
}

/** Every alarm by its own name, without that of the deployment. */
const alarms = new Map<string, Alarm>(
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
    String(Properties.AlarmName).split('-').at(-1) ?? '',
    Properties,
  ]),
);
const namesOn = (topic: RegExp) =>
  [...alarms].filter(([, { AlarmActions }]) => topic.test(AlarmActions[0]?.Ref ?? ''));

describe('the alarms', () => {
  test('page for what stops changes, and write a ticket for what stops single events', () => {
    expect(namesOn(/PageTopic/).map(([name]) => name)).toEqual([
      'OldestMessage',
      'KeyFailures',
      'SystemicRefusal',
      'NotTaken',
      'RetriesExhausted',
      'DeadLetterFlood',
      'FunctionErrors',
      'FunctionThrottled',
      'NotInvoked',
      'RuleFailed',
      'WebhookErrors',
      'NoHeartbeat',
    ]);
    expect(namesOn(/TicketTopic/).map(([name]) => name)).toEqual([
      'InvalidEvents',
      'FaultyImages',
      'FailingImages',
      'WouldRemoveInventory',
      'DeadLetters',
      'DeadLettersExpire',
      'TopicUndelivered',
      'RuleUndelivered',
      'WebhooksUndelivered',
      'WebhooksUnsigned',
    ]);
  });

  test.each([...alarms])(
    '%s links its section of the runbook, which says what to do',
    (name, alarm) => {
      const heading = `Alarm: ${name}`;
      const [, link] = /Runbook: (\S+)/.exec(alarm.AlarmDescription) ?? [];
      expect(link).toBe(`${REPOSITORY_URL}/blob/main/docs/runbook.md#${anchorOf(heading)}`);
      const section = runbookSections().get(heading);
      expect(section).toMatch(/\*\*Means\*\*.*\*\*See\*\*.*\*\*Do\*\*.*\*\*Over\*\*/s);
    },
  );

  test('are all there is a section for', () => {
    const headings = [...runbookSections().keys()].filter((name) => name.startsWith('Alarm: '));
    expect(headings.sort()).toEqual([...alarms.keys()].map((name) => `Alarm: ${name}`).sort());
  });

  test('do not stick when a metric falls silent, and say when they are over', () => {
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { TreatMissingData: 'notBreaching' });
    for (const { AlarmActions, OKActions } of alarms.values())
      expect(OKActions).toEqual(AlarmActions);
  });

  test('watch nothing that AWS advises against: functions of whole series, filled gaps', () => {
    for (const alarm of alarms.values()) {
      expect(JSON.stringify(alarm)).not.toMatch(/\b(FILL|MAX|MIN|SUM|AVG)\(/);
    }
  });

  test('know an EventBridge rule by its name, and its bus unless that is the default one', () => {
    const dimensionsOf = (eventBusName: string) => {
      const made = templateOf({ ...EVERYTHING, eventBusName });
      const { Metrics } = Object.values(made.findResources('AWS::CloudWatch::Alarm'))
        .map(({ Properties }) => Properties)
        .find(({ AlarmName }) => AlarmName.endsWith('RuleFailed'));
      return Object(Metrics[0].MetricStat.Metric.Dimensions).map(Object);
    };
    const ofArn = (at: number) => ({
      'Fn::Select': [at, { 'Fn::Split': ['/', { 'Fn::GetAtt': [expect.any(String), 'Arn'] }] }],
    });
    expect(dimensionsOf('default')).toEqual([{ Name: 'RuleName', Value: ofArn(1) }]);
    expect(dimensionsOf('shop-events')).toEqual([
      { Name: 'EventBusName', Value: ofArn(1) },
      { Name: 'RuleName', Value: ofArn(2) },
    ]);
  });

  test('link the runbook where it is set to be', () => {
    const made = templateOf({ runbookUrl: 'https://wiki.example.com/runbook' });
    made.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp(
        'https://wiki.example.com/runbook#alarm-oldestmessage$',
      ),
    });
  });

  test('wait as long for the oldest message as is set', () => {
    templateOf({ oldestMessageMinutes: '90' }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: Match.stringLikeRegexp('OldestMessage'),
      Threshold: 5_400,
    });
  });

  test('ring where calls hold fewer images than is set', () => {
    templateOf({ maxImagesPerCall: '20' }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: Match.stringLikeRegexp('NotTaken'),
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'returned + IF(size < 20, 1, 0)' }),
      ]),
    });
  });

  test('go to the addresses that are set, and to nobody by default', () => {
    for (const Endpoint of [EVERYTHING.pageEmail, EVERYTHING.ticketEmail]) {
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
    }
    templateOf().resourceCountIs('AWS::SNS::Subscription', 0);
  });

  test('go to topics that are there already, whose policies are not touched', () => {
    const pageTopicArn = 'arn:aws:sns:eu-west-1:111122223333:on-call';
    const ticketTopicArn = 'arn:aws:sns:eu-west-1:111122223333:chat';
    const made = templateOf({ pageTopicArn, ticketTopicArn, queueKey: 'new' });
    const actions = Object.values(made.findResources('AWS::CloudWatch::Alarm')).flatMap(
      ({ Properties }) => Properties.AlarmActions,
    );
    expect(new Set(actions)).toEqual(new Set([pageTopicArn, ticketTopicArn]));
    made.resourceCountIs('AWS::SNS::Topic', 0);
    made.resourceCountIs('AWS::SNS::TopicPolicy', 0);
    expect(JSON.stringify(keyStatements(made))).not.toContain('cloudwatch');
  });
});

describe('the dashboard', () => {
  test('is found by an output', () => {
    const { DashboardUrl } = template.findOutputs('*');
    const [dashboard] = Object.keys(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(DashboardUrl?.Value).toEqual({
      'Fn::Join': [
        '',
        [
          'https://',
          { Ref: 'AWS::Region' },
          '.console.aws.amazon.com/cloudwatch/home?region=',
          { Ref: 'AWS::Region' },
          '#dashboards/dashboard/',
          { Ref: dashboard },
        ],
      ],
    });
  });

  test('answers its questions from top to bottom', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.Properties.DashboardBody);
    const places = [
      'Are changes reaching FinerWorks',
      'How late',
      'Why not',
      'The function',
      'Memory used',
    ].map((title) => body.indexOf(title));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });
});

test('every question of the runbook is saved as a query of the function’s log', () => {
  const saved = Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(
    ({ Properties }) => String(Properties.Name).split('/').at(-1),
  );
  expect(saved).toEqual(Object.keys(QUERIES));
});
