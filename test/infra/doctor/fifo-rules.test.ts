import { describe, expect, test } from '@jest/globals';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ImageUpdates, type ImageUpdatesProps } from '../../../infra/image-updates.ts';
import { CODE, testStack } from '../template.ts';

/** Image updates with a FIFO queue of an app's own. */
function withFifo(
  props: (stack: Stack) => Partial<ImageUpdatesProps> = () => ({}),
  visibilityTimeout = Duration.seconds(720),
): Stack {
  const stack = testStack();
  const queue = new Queue(stack, 'Mine', { fifo: true, visibilityTimeout });
  const told = { pageEmail: 'page@example.com', ticketEmail: 'ticket@example.com' };
  const given = { code: CODE, queue, ...told };
  new ImageUpdates(stack, 'ImageUpdates', { ...given, ...props(stack) });
  return stack;
}

describe('a FIFO queue that is there already', () => {
  test('gives batches of 10 without a window, and has a FIFO queue for dead letters', () => {
    const template = Template.fromStack(withFifo());
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: Match.absent(),
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    template.allResourcesProperties('AWS::SQS::Queue', { FifoQueue: true });
    template.resourceCountIs('AWS::SQS::Queue', 2);
  });

  test('gives smaller batches where that is set', () => {
    Template.fromStack(withFifo(() => ({ batchSize: 4 }))).hasResourceProperties(
      'AWS::Lambda::EventSourceMapping',
      { BatchSize: 4 },
    );
  });

  test('may be one of another app, by its ARN', () => {
    const arn = 'arn:aws:sqs:eu-west-1:111122223333:events.fifo';
    const template = Template.fromStack(
      withFifo((stack) => ({ queue: Queue.fromQueueArn(stack, 'Imported', arn) })),
    );
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      EventSourceArn: arn,
    });
  });

  test('is warned of, with why a standard one is better, and needs no window to be hidden for', () => {
    const found = (stack: Stack) =>
      Annotations.fromStack(stack)
        .findWarning('*', Match.anyValue())
        .map(({ entry }) => String(entry.data));
    expect(found(withFifo())).toEqual([expect.stringMatching(/^queue is a FIFO queue: .*better/)]);
    expect(found(withFifo(undefined, Duration.seconds(719)))).toContainEqual(
      expect.stringMatching(/^queue hides messages for 719 s: set .* to 720 s/),
    );
  });

  test.each([
    [
      'a topic',
      (stack: Stack) => ({ topic: new Topic(stack, 'Changes') }),
      /^queue: is a FIFO queue, which topic and eventRule send nothing to/,
    ],
    [
      'a rule',
      (stack: Stack) => ({
        eventRule: {
          eventBus: EventBus.fromEventBusName(stack, 'Bus', 'default'),
          eventPattern: { source: ['com.example.pim'] },
        },
      }),
      /^queue: is a FIFO queue, which topic and eventRule send nothing to/,
    ],
    [
      'heartbeats and no deduplication by content, which their schedule can’t do without',
      () => ({ heartbeat: Duration.minutes(10) }),
      /^heartbeat: would put nothing on a FIFO queue without contentBasedDeduplication/,
    ],
    [
      'a standard queue for dead letters',
      (stack: Stack) => ({ deadLetterQueue: new Queue(stack, 'Dead') }),
      /^deadLetterQueue: must be FIFO, as the queue is/,
    ],
  ])('is refused with %s', (_what, props, message) => {
    expect(() => withFifo(props)).toThrow(message);
  });
});

test('a FIFO queue that deduplicates by content takes heartbeats, as may one that is not of this app', () => {
  const heartbeat = Duration.minutes(10);
  expect(() =>
    withFifo((stack) => ({
      heartbeat,
      queue: new Queue(stack, 'Other', {
        ...{ fifo: true, contentBasedDeduplication: true },
        visibilityTimeout: Duration.seconds(720),
      }),
    })),
  ).not.toThrow();
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:events.fifo';
  expect(() =>
    withFifo((stack) => ({ heartbeat, queue: Queue.fromQueueArn(stack, 'Imported', arn) })),
  ).not.toThrow();
});

test('a FIFO queue for the dead letters of a standard one is refused', () => {
  const stack = testStack();
  const deadLetterQueue = new Queue(stack, 'Dead', {
    fifo: true,
    retentionPeriod: Duration.days(14),
  });
  expect(() => new ImageUpdates(stack, 'X', { code: CODE, deadLetterQueue })).toThrow(
    /^deadLetterQueue: must be standard, as the queue is/,
  );
});
