import { describe, expect, test } from '@jest/globals';
import { statements, statementsOf, templateOf } from './template.ts';

type Template = ReturnType<typeof templateOf>;

function trailTableIn(template: Template) {
  const tables = Object.entries(template.findResources('AWS::DynamoDB::Table'));
  return tables.find(([id]) => /Trail/.test(id))?.[1];
}

/** What a policy allows with the trail's table. */
function allowed(template: Template, type: string, id: RegExp) {
  const ofTrail = { 'Fn::GetAtt': [expect.stringMatching(/Trail/), 'Arn'] };
  return statementsOf(template, type, id)
    .filter(({ Action }) => /dynamodb/.test(String(Action)))
    .filter(({ Resource }) => JSON.stringify(Resource).includes('Trail'))
    .map(({ Action, Resource }) => {
      expect([Resource].flat()).toEqual([ofTrail]);
      return Action;
    });
}

describe('the trail’s table', () => {
  const template = templateOf();

  test('is paid by request, keyed by hour and place, forgets by itself, and is kept like the ledger', () => {
    expect(trailTableIn(template)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'hour', KeyType: 'HASH' },
          { AttributeName: 'place', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  });

  test('is written by the function, and read by viewers and operators alone', () => {
    expect(allowed(template, 'AWS::IAM::Policy', /FunctionRole/)).toEqual(['dynamodb:PutItem']);
    for (const id of [/^ViewerPolicy/, /^OperatorPolicy/]) {
      expect(allowed(template, 'AWS::IAM::ManagedPolicy', id)).toEqual(['dynamodb:Query']);
    }
    expect(allowed(template, 'AWS::IAM::ManagedPolicy', /^ProducerPolicy/)).toEqual([]);
  });

  test('is encrypted with the key of the queues, and protected with the stack', () => {
    const made = templateOf({ queueKey: 'new', terminationProtection: 'on' });
    expect(trailTableIn(made)?.Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
  });

  test('is known to the function, with the days that its items are kept', () => {
    const made = templateOf({ trailDays: '90' });
    const [resource] = Object.values(made.findResources('AWS::Lambda::Function'));
    expect(resource?.Properties.Environment).toMatchObject({
      Variables: { TRAIL_TABLE: { Ref: expect.stringMatching(/Trail/) }, TRAIL_DAYS: '90' },
    });
  });
});

test('without a trail there is neither table nor permission nor variable nor output', () => {
  const made = templateOf({ trailDays: '0' });
  expect(trailTableIn(made)).toBeUndefined();
  expect(JSON.stringify(statements(made))).not.toContain('Trail');
  expect(JSON.stringify(made.toJSON())).not.toMatch(/TRAIL_|TrailTableName/);
});
