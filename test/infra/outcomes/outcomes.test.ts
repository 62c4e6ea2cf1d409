import { afterEach, describe, expect, test } from '@jest/globals';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImageUpdates, type OutcomesTarget } from '../../../infra/image-updates.ts';
import { CODE, stackOf, statementsOf, templateOf, testStack } from '../template.ts';

const BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/shop';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:outcomes';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

/** What the function may do that is about outcomes. */
function allowed(made: Template) {
  return statementsOf(made, 'AWS::IAM::Policy', /FunctionRole/)
    .filter(({ Action }) => /events:|sns:|kms:/.test(JSON.stringify(Action)))
    .map(({ Effect: _, ...statement }) => statement);
}

function variables(made: Template) {
  const [resource] = Object.values(made.findResources('AWS::Lambda::Function'));
  const { OUTCOMES_TARGET, OUTCOMES } = resource?.Properties.Environment.Variables ?? {};
  return { target: OUTCOMES_TARGET, kinds: OUTCOMES };
}

test('by default there is neither permission nor variable', () => {
  const made = templateOf();
  expect(allowed(made)).toEqual([]);
  expect(JSON.stringify(made.toJSON())).not.toMatch(/OUTCOMES|PutEvents/);
});

describe('the function may tell', () => {
  test('one bus, by its name beside the stack', () => {
    const made = templateOf({ outcomesTarget: 'default' });
    const { target, kinds } = variables(made);
    expect(JSON.stringify(target)).toMatch(/:event-bus\/default/);
    expect(kinds).toBe('applied,unchanged,superseded,dead-lettered,retries-exhausted');
    expect(allowed(made)).toEqual([{ Action: 'events:PutEvents', Resource: target }]);
  });

  test('one bus, by its ARN, of some kinds only', () => {
    const outcomes = 'dead-lettered, retries-exhausted';
    const made = templateOf({ outcomesTarget: BUS, outcomes });
    expect(variables(made)).toEqual({ target: BUS, kinds: 'dead-lettered,retries-exhausted' });
    expect(allowed(made)).toEqual([{ Action: 'events:PutEvents', Resource: BUS }]);
  });

  test('one topic, and use its key through SNS only', () => {
    const made = templateOf({ outcomesTarget: TOPIC, outcomesKeyArn: KEY });
    expect(variables(made).target).toBe(TOPIC);
    expect(allowed(made)).toEqual([
      { Action: 'sns:Publish', Resource: TOPIC },
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: KEY,
        Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
      },
    ]);
  });

  test('a topic of the app, whose key is known without being named', () => {
    const stack = testStack();
    const masterKey = new Key(stack, 'Key');
    const outcomesTarget = new Topic(stack, 'Outcomes', { masterKey });
    new ImageUpdates(stack, 'Updates', { outcomesTarget, outcomes: ['applied'], code: CODE });
    const made = Template.fromStack(stack);
    expect(allowed(made)).toMatchObject([
      { Action: 'sns:Publish', Resource: { Ref: expect.stringMatching(/^Outcomes/) } },
      { Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } },
    ]);
    expect(variables(made).kinds).toBe('applied');
  });
});

describe('what is in another place', () => {
  const before = { ...process.env };
  afterEach(() => {
    for (const name of ['CDK_DEFAULT_REGION', 'CDK_DEFAULT_ACCOUNT']) {
      process.env[name] = before[name] ?? '';
      if (before[name] === undefined) delete process.env[name];
    }
  });

  test.each([BUS, TOPIC])('is refused in another region: %s', (outcomesTarget) => {
    process.env.CDK_DEFAULT_REGION = 'us-east-1';
    expect(() => stackOf({ outcomesTarget })).toThrow(
      /^outcomesTarget: is in eu-west-1 and the stack in us-east-1: /,
    );
  });

  test.each([
    [BUS, 'events:PutEvents'],
    [TOPIC, 'sns:Publish'],
  ])(
    'is taken in another account, with what its policy must allow: %s',
    (outcomesTarget, action) => {
      process.env.CDK_DEFAULT_REGION = 'eu-west-1';
      process.env.CDK_DEFAULT_ACCOUNT = '999988887777';
      const said = Annotations.fromStack(stackOf({ outcomesTarget }));
      said.hasWarning('*', Match.stringLikeRegexp(`outcomesTarget is of account.*${action}`));
      process.env.CDK_DEFAULT_ACCOUNT = '111122223333';
      const own = Annotations.fromStack(stackOf({ outcomesTarget }));
      own.hasNoWarning('*', Match.stringLikeRegexp('outcomesTarget'));
    },
  );
});

describe('what would come back as an event is refused:', () => {
  const eventBusName = 'default';

  test('the topic that the queue hears', () => {
    expect(() => stackOf({ outcomesTarget: TOPIC, topicArn: TOPIC })).toThrow(
      'outcomesTarget: is topicArn too',
    );
  });

  test.each([
    '{"detail-type":["changed"]}',
    '{"source":["finerworks-image-updates"]}',
    '{"source":[{"prefix":"finer"}]}',
  ])('the bus of the rule, where that takes outcomes: %s', (eventPattern) => {
    const make = () => stackOf({ outcomesTarget: 'default', eventBusName, eventPattern });
    expect(make).toThrow('outcomesTarget: is the bus of eventPattern, which takes outcomes');
  });

  test('not the same bus where the rule names other sources, nor another bus', () => {
    const eventPattern = '{"source":["com.example.pim"]}';
    expect(() => stackOf({ outcomesTarget: 'default', eventBusName, eventPattern })).not.toThrow();
    const all = '{"detail-type":["changed"]}';
    const other = { outcomesTarget: 'other', eventBusName, eventPattern: all };
    expect(() => stackOf(other)).not.toThrow();
  });
});

test.each([
  [{ outcomesTarget: `${TOPIC}.fifo` }, /^-c outcomesTarget: is no name or ARN/],
  [{ outcomesTarget: 'a bus' }, /^-c outcomesTarget: is no name or ARN/],
  [{ outcomesTarget: 'default', outcomes: 'returned' }, /^-c outcomes: must be some of applied/],
  [{ outcomesTarget: 'default', outcomes: '' }, /^-c outcomes: is empty/],
  [{ outcomesTarget: 'default', outcomesKeyArn: KEY }, /^-c outcomesKeyArn: is the key of a topic/],
  [{ outcomesKeyArn: KEY }, /^-c outcomesKeyArn: is the key of a topic/],
])('%j is refused', (context, line) => {
  expect(() => stackOf(context)).toThrow(line);
});

test('the construct refuses a FIFO topic of the app', () => {
  const stack = testStack();
  const make = (outcomesTarget: OutcomesTarget) =>
    new ImageUpdates(stack, 'Updates', { outcomesTarget, code: CODE });
  expect(() => make(new Topic(stack, 'Fifo', { fifo: true }))).toThrow(
    'outcomesTarget: is a FIFO topic',
  );
});

test('kinds without a target tell nobody, which is warned of', () => {
  const said = (context: object) => Annotations.fromStack(stackOf({ ...context }));
  const warning = Match.stringLikeRegexp('outcomes says what is told');
  said({ outcomes: 'applied' }).hasWarning('*', warning);
  said({}).hasNoWarning('*', warning);
});

test('a bus of the app is told', () => {
  const stack = testStack();
  const outcomesTarget = new EventBus(stack, 'Outcomes');
  new ImageUpdates(stack, 'Updates', { outcomesTarget, code: CODE });
  expect(allowed(Template.fromStack(stack))).toMatchObject([
    { Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': [expect.anything(), 'Arn'] } },
  ]);
});
