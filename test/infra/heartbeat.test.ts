import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { createHeartbeat } from '../../infra/heartbeat.ts';
import { takeHeartbeats } from '../../lambda/heartbeat/heartbeat.ts';
import { success } from '../helpers/answers.ts';
import { REQUEST_ID, testSender } from '../helpers/delivery.ts';
import { sqsRecord } from '../helpers/records.ts';
import { statementsOf, templateOf, testStack } from './template.ts';

describe('heartbeats', () => {
  test('are not sent unless that is set', () => {
    templateOf().resourceCountIs('AWS::Scheduler::Schedule', 0);
  });

  test('are sent as often as is set, as the function knows them, and never late', () => {
    const made = templateOf({ heartbeatMinutes: '15' });
    const [schedule] = Object.values(made.findResources('AWS::Scheduler::Schedule'));
    const { ScheduleExpression, Target } = schedule?.Properties ?? {};
    expect(ScheduleExpression).toBe('rate(15 minutes)');
    expect(Target.RetryPolicy.MaximumEventAgeInSeconds).toBe(60);
    // What Scheduler puts in the place of the time (AWS: EventBridge Scheduler, context attributes).
    const body = Target.Input.replace('<aws.scheduler.scheduled-time>', '2026-11-23T10:00:00Z');
    const { sender } = testSender({ answers: () => success() });
    expect(takeHeartbeats([sqsRecord({ body })], sender, REQUEST_ID).events).toEqual([]);
  });

  test('are all that their role may send, for their own group', () => {
    const made = templateOf({ heartbeatMinutes: '15', queueKey: 'new' });
    const actions = statementsOf(made, 'AWS::IAM::Policy', /HeartbeatRole/).flatMap(
      ({ Action }) => Action,
    );
    expect(actions.sort()).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage']);
    made.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': { Ref: 'AWS::AccountId' },
                'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('Group'), 'Arn'] },
              },
            },
          }),
        ],
      },
    });
  });

  test('have a group of messages of their own on a FIFO queue', () => {
    const stack = testStack();
    createHeartbeat(stack, 5, { queue: new Queue(stack, 'Mine', { fifo: true }), key: undefined });
    Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: { SqsParameters: { MessageGroupId: 'heartbeat' } },
    });
  });

  test.each(['4', '61', '7.5', 'often'])('are not sent every %s minutes', (heartbeatMinutes) => {
    expect(() => templateOf({ heartbeatMinutes })).toThrow('must be a whole number from 5 to 60');
  });
});
