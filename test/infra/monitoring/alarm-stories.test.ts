import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Alarm, alarmsOf, rings, type Story } from '../../helpers/cloudwatch/alarms.ts';
import { every, returns } from '../../helpers/cloudwatch/stories.ts';
import { runs } from '../../helpers/runs.ts';
import { EVERYTHING, templateOf } from '../template.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const alarms = alarmsOf(templateOf(EVERYTHING));

/** Other traffic: every few minutes an invocation in which nothing of that happened. */
const nothing = (to: number) => every(7, 0, to, 0);

/** A count at each return of a record that fails for so long, beside other traffic. */
const counted = (minutes: number) => [
  ...nothing(minutes),
  ...returns(minutes).map((minute) => ({ minute, value: 1 })),
];

/** The age of a record at each of its returns, in seconds, beside other traffic. */
const aged = (minutes: number, jitter?: number[]) => [
  ...nothing(minutes),
  ...returns(minutes, jitter).map((minute) => ({ minute, value: minute * 60 })),
];

/** What SQS says of a message that fails: its age until it was received three times. */
const agedInQueue = every(1, 0, 4, 240);

interface Stories {
  readonly once: readonly [what: string, story: Story];
  readonly never: readonly [what: string, story: Story];
}

const STORIES: Readonly<Record<string, Stories>> = {
  OldestMessage: {
    once: [
      'one message is stuck for 12 hours',
      { ReturnedAge: aged(12 * HOUR), ApproximateAgeOfOldestMessage: agedInQueue },
    ],
    never: [
      'one image fails for 12 hours while others go through',
      {
        ReturnedAge: nothing(12 * HOUR),
        FailingAge: aged(12 * HOUR),
        ApproximateAgeOfOldestMessage: agedInQueue,
      },
    ],
  },
  KeyFailures: {
    once: ['the keys are refused for six hours', { KeyFailures: counted(6 * HOUR) }],
    never: [
      'a reading of the secret fails once',
      { KeyFailures: [...nothing(DAY), { minute: 61, value: 1 }] },
    ],
  },
  SystemicRefusal: {
    once: [
      'an account is closed for six hours, and nine images are refused',
      { RefusedImages: [...nothing(6 * HOUR), ...every(5, 0, 6 * HOUR, 9)] },
    ],
    never: [
      'one bad image is all that an account has',
      { RefusedImages: returns(25).map((minute) => ({ minute, value: 1 })) },
    ],
  },
  NotTaken: {
    once: [
      'calls hold half as many images for an hour',
      { CallSize: [...every(5, 0, HOUR, 25), ...every(5, HOUR, DAY, 50)] },
    ],
    never: [
      'a late list shows one image as it was before',
      { ReturnedNotTaken: [{ minute: 31, value: 1 }], CallSize: every(5, 0, DAY, 50) },
    ],
  },
  RetriesExhausted: {
    once: [
      'what an outage left is given up in the course of three hours',
      { RetriesExhausted: every(20, 0, 3 * HOUR, 40) },
    ],
    never: [
      'an image on which FinerWorks fails is given up',
      { RetriesExhausted: nothing(DAY), FaultyImages: [{ minute: 61, value: 1 }] },
    ],
  },
  DeadLetterFlood: {
    once: [
      'thousands of events are dead-lettered within half an hour',
      { DeadLettered: every(1, 0, 30, 100) },
    ],
    never: ['a dead letter every minute', { DeadLettered: every(1, 0, DAY, 1) }],
  },
  FunctionErrors: {
    once: ['each invocation fails, one every ten minutes', { Errors: every(10, 0, 6 * HOUR, 1) }],
    never: ['one invocation fails in a day', { Errors: [{ minute: 61, value: 1 }] }],
  },
  FunctionThrottled: {
    once: ['the account’s concurrency is used up', { Throttles: every(1, 0, 2 * HOUR, 3) }],
    never: ['a burst is throttled for five minutes', { Throttles: every(1, 0, 5, 3) }],
  },
  NotInvoked: {
    once: [
      'somebody pauses it for a night',
      {
        ApproximateNumberOfMessagesVisible: every(1, 0, 10 * HOUR, 40),
        ConcurrentExecutions: every(1, 10 * HOUR, 11 * HOUR, 2),
      },
    ],
    never: [
      'invocations of 15 minutes each, behind a backlog',
      {
        ApproximateNumberOfMessagesVisible: every(1, 0, 2 * HOUR, 40),
        ConcurrentExecutions: every(1, 0, 2 * HOUR, 2),
        Invocations: every(15, 0, 2 * HOUR, 2),
      },
    ],
  },
  RuleFailed: {
    once: ['the queue’s policy refuses the rule', { FailedInvocations: every(20, 0, 5 * HOUR, 1) }],
    never: ['the rule never failed: there is no metric', {}],
  },
  NoHeartbeat: {
    once: [
      'the function loses a permission for six hours',
      {
        InvocationAttemptCount: every(10, 0, DAY, 1),
        Heartbeats: [...every(10, 1, 6 * HOUR, 1), ...every(10, 12 * HOUR, DAY, 1)],
      },
    ],
    never: [
      'each is answered up to a minute later, from the first one on',
      {
        InvocationAttemptCount: every(10, 300, DAY, 1),
        Heartbeats: [...every(20, 300, DAY, 1), ...every(20, 311, DAY, 1)],
      },
    ],
  },
  InvalidEvents: {
    once: ['a producer sends one every half hour', { InvalidEvents: every(30, 0, DAY, 1) }],
    never: [
      'FinerWorks refuses images all day',
      { InvalidEvents: nothing(DAY), FaultyImages: every(30, 0, DAY, 1) },
    ],
  },
  FaultyImages: {
    once: ['FinerWorks refuses one every half hour', { FaultyImages: every(30, 0, DAY, 1) }],
    never: [
      'a producer sends invalid events all day',
      { FaultyImages: nothing(DAY), InvalidEvents: every(30, 0, DAY, 1) },
    ],
  },
  FailingImages: {
    once: ['one image fails for 12 hours', { FailingAge: aged(12 * HOUR) }],
    never: ['an image fails for ten minutes', { FailingAge: aged(10) }],
  },
  WouldRemoveInventory: {
    once: ['changes are held back every half hour', { DeadLettered: every(30, 0, DAY, 1) }],
    never: ['none is', {}],
  },
  DeadLetters: {
    once: ['one lies there for a day', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 1) }],
    never: ['the queue is empty', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 0) }],
  },
  DeadLettersExpire: {
    once: [
      'one lies there for ten days',
      { ApproximateAgeOfOldestMessage: every(30, 0, DAY, 10 * DAY * 60) },
    ],
    never: [
      'one lies there for eight days',
      { ApproximateAgeOfOldestMessage: every(30, 0, DAY, 8 * DAY * 60) },
    ],
  },
  TopicUndelivered: {
    once: ['one lies there', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 1) }],
    never: ['the queue is empty', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 0) }],
  },
  WebhooksUndelivered: {
    once: ['one lies there', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 1) }],
    never: ['the queue is empty', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 0) }],
  },
  WebhooksUnsigned: {
    once: ['a secret differs for six hours', { WebhooksUnsigned: every(10, 0, 6 * HOUR, 1) }],
    never: ['a stranger tries once', { WebhooksUnsigned: [{ minute: 61, value: 3 }] }],
  },
  WebhookErrors: {
    once: ['the secret is gone for three hours', { Url5xxCount: every(10, 0, 3 * HOUR, 2) }],
    never: ['the queue does not answer once', { Url5xxCount: [{ minute: 61, value: 1 }] }],
  },
  RuleUndelivered: {
    once: ['one lies there', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 1) }],
    never: ['the queue is empty', { ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 0) }],
  },
};

function alarm(name: string, of = alarms): Alarm {
  const found = of.get(name);
  if (found === undefined) throw new Error(`there is no alarm ${name}`);
  return found;
}

test('every alarm has its stories', () => {
  expect(Object.keys(STORIES).sort()).toEqual([...alarms.keys()].sort());
});

describe.each(Object.entries(STORIES))('%s', (name, { once, never }) => {
  test(`rings once: ${once[0]}`, () => {
    expect(rings(alarm(name), once[1])).toBe(1);
  });

  test(`does not ring: ${never[0]}`, () => {
    expect(rings(alarm(name), never[1])).toBe(0);
  });
});

describe('whatever the random part of its delays, a record that fails for hours rings once', () => {
  const jitters = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20 });

  test.each(['OldestMessage', 'FailingImages', 'KeyFailures'])('%s', (name) => {
    fc.assert(
      fc.property(jitters, (jitter) => {
        const age = aged(6 * HOUR, jitter);
        const story = { ReturnedAge: age, FailingAge: age, KeyFailures: age };
        expect(rings(alarm(name), story)).toBe(1);
      }),
      runs(10),
    );
  });
});

test('a flood rings while an old dead letter lies there', () => {
  const story = {
    ApproximateNumberOfMessagesVisible: every(1, 0, DAY, 1),
    DeadLettered: every(1, 12 * HOUR, 12 * HOUR + 10, 400),
  };
  expect(rings(alarm('DeadLetters'), story)).toBe(1);
  expect(rings(alarm('DeadLetterFlood'), story)).toBe(1);
});

describe('records that stay away for long ring once all the same', () => {
  /** The age of a record that comes back every so many minutes, in seconds. */
  const seldom = (minutes: number) =>
    every(minutes, 0, 12 * HOUR, 0).map(({ minute }) => ({ minute, value: minute * 60 }));

  test.each([
    ['as long as FinerWorks may ask by default, and the invocation takes all its time', {}, 62],
    ['for three hours, which the settings allow', { maxRetryAfterSeconds: 10_800 }, 182],
    ['for half an hour at most', { maxRetryAfterSeconds: 1_800 }, 32],
  ])('%s', (_what, settings, minutes) => {
    const made = alarmsOf(templateOf(settings));
    const age = seldom(minutes);
    expect(rings(alarm('OldestMessage', made), { ReturnedAge: age })).toBe(1);
    expect(rings(alarm('FailingImages', made), { FailingAge: age })).toBe(1);
  });

  test.each([
    [120, 14],
    [300, 35],
    [900, 110],
  ])(
    'where each invocation of a quiet queue ends after its %i s, and messages are hidden for six times that',
    (timeoutSeconds, minutes) => {
      const made = alarmsOf(templateOf({ timeoutSeconds }));
      const story = { Errors: every(minutes, 0, DAY, 1) };
      expect(rings(alarm('FunctionErrors', made), story)).toBe(1);
    },
  );
});
