import { describe, expect, test } from '@jest/globals';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { ImageUpdates } from '../../infra/image-updates.ts';
import { SettingsError } from '../../infra/settings-error.ts';
import { CODE, testStack } from './template.ts';

const PROPS = {
  code: CODE,
  // Where nobody is told of alarms, a warning says so.
  pageEmail: 'page@example.com',
  ticketEmail: 'ticket@example.com',
};

function queueOf(stack: Stack, retentionPeriod?: Duration): IQueue {
  return new Queue(stack, 'Mine', {
    visibilityTimeout: Duration.seconds(725),
    ...(retentionPeriod && { retentionPeriod }),
  });
}

function importedQueue(stack: Stack): IQueue {
  return Queue.fromQueueArn(stack, 'Mine', 'arn:aws:sqs:eu-west-1:111122223333:events');
}

/** What a queue's own property is, and what the construct says of it. */
function warningsFor(make: (stack: Stack) => IQueue): string[] {
  const stack = testStack();
  new ImageUpdates(stack, 'ImageUpdates', { ...PROPS, queue: make(stack) });
  const found = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  return found.map(({ entry }) => String(entry.data));
}

describe('the construct', () => {
  test('can stand twice in one stack', () => {
    const stack = testStack();
    new ImageUpdates(stack, 'Shop', PROPS);
    new ImageUpdates(stack, 'Museum', { ...PROPS, callsPerSecond: 1 });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 2);
    const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmName,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('names every setting that is wrong, a line each', () => {
    const make = () =>
      new ImageUpdates(testStack(), 'X', {
        ...PROPS,
        batchSize: 0,
        callTimeout: Duration.seconds(200),
      });
    expect(make).toThrow(SettingsError);
    expect(make).toThrow(/^batchSize: must be a whole number .*\ntimeout: must leave room/);
  });

  test('takes a queue that is there already, and makes only a dead-letter queue', () => {
    const stack = testStack();
    const queue = new Queue(stack, 'Mine', { visibilityTimeout: Duration.seconds(725) });
    const updates = new ImageUpdates(stack, 'ImageUpdates', { ...PROPS, queue });
    expect(updates.queue).toBe(queue);
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 2);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

describe('a queue that is there already', () => {
  test.each([
    [
      'whose visibility timeout Lambda would reject',
      (stack: Stack) => new Queue(stack, 'Mine'),
      /^queue: hides messages for 30 s, less than timeout=120/,
    ],
    [
      'that gives messages up sooner or later than the function knows',
      (stack: Stack) =>
        new Queue(stack, 'Mine', {
          visibilityTimeout: Duration.hours(1),
          deadLetterQueue: { queue: new Queue(stack, 'Dead'), maxReceiveCount: 3 },
        }),
      /^queue: moves messages after 3 receives, but maxReceiveCount=1000/,
    ],
  ])('%s is refused', (_which, make, message) => {
    const stack = testStack();
    const queue = make(stack);
    expect(() => new ImageUpdates(stack, 'X', { ...PROPS, queue })).toThrow(message);
  });

  test('that hides messages too shortly is warned of', () => {
    expect(
      warningsFor((stack) => new Queue(stack, 'Mine', { visibilityTimeout: Duration.minutes(3) })),
    ).toEqual([expect.stringMatching(/^queue hides messages for 180 s: set .* to 725 s/)]);
  });

  test('that is not of this app can not be looked at: a warning says what it must have', () => {
    expect(
      warningsFor((stack) =>
        Queue.fromQueueArn(stack, 'Mine', 'arn:aws:sqs:eu-west-1:111122223333:events'),
      ),
    ).toEqual([expect.stringMatching(/at least 725 s, maxReceiveCount=1000 that of/)]);
  });

  test.each([
    ['as it is made', undefined, (stack: Stack) => queueOf(stack, Duration.days(14)), 336],
    ['as SQS has it by itself', undefined, (stack: Stack) => queueOf(stack), 96],
    ['as is said of one of another app', 120, importedQueue, 120],
    ['as SQS has it by itself, where nothing is said', undefined, importedQueue, 96],
  ])('keeps messages %s, and the function knows', (_how, toldHours, make, hours) => {
    const stack = testStack();
    const told = toldHours === undefined ? {} : { queueRetention: Duration.hours(toldHours) };
    new ImageUpdates(stack, 'X', { ...PROPS, queue: make(stack), ...told });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ RETENTION_HOURS: String(hours) }) },
    });
  });

  test.each([
    ['is another than the queue’s', 120, (stack: Stack) => queueOf(stack), /is 96, as the queue s/],
    ['is no number of hours', 0.5, importedQueue, /must be a whole number from 1 to 336/],
    ['is said of the queue that is made here', 96, () => undefined, /is 168, as the queue is made/],
  ])('refuses a retention that %s', (_how, hours, make, message) => {
    const stack = testStack();
    const queue = make(stack);
    const given = {
      ...PROPS,
      ...(queue && { queue }),
      queueRetention: Duration.minutes(60 * hours),
    };
    expect(() => new ImageUpdates(stack, 'X', given)).toThrow(SettingsError);
    expect(() => new ImageUpdates(stack, 'Y', given)).toThrow(message);
  });

  test('that keeps messages for less than retryHours is warned of', () => {
    expect(warningsFor((stack) => queueOf(stack, Duration.hours(47)))).toEqual([
      expect.stringMatching(/^retryFor is more than the 47 hours that the queue keeps a message/),
    ]);
  });

  test('for dead letters that keeps them for less than 14 days is warned of', () => {
    const stack = testStack();
    const deadLetterQueue = new Queue(stack, 'Dead', { retentionPeriod: Duration.days(4) });
    new ImageUpdates(stack, 'X', { ...PROPS, deadLetterQueue });
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('keeps messages for 345600 s'),
    );
  });
});
