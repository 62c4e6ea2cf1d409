import { describe, expect, test } from '@jest/globals';
import { Annotations } from 'aws-cdk-lib/assertions';
import { stackOf, statements, templateOf } from './template.ts';

describe('the ledger’s table', () => {
  const template = templateOf();

  test('is paid by request, recoverable, keyed by image, and forgets by itself', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'guid', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  test('is kept when the stack goes, since what it knows exists nowhere else', () => {
    const [table] = Object.values(template.findResources('AWS::DynamoDB::Table'));
    expect(table).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

test('without a ledger there is neither table nor permission nor variable', () => {
  const made = templateOf({ ledger: 'off', trailDays: '0' });
  made.resourceCountIs('AWS::DynamoDB::Table', 0);
  expect(JSON.stringify(statements(made))).not.toContain('dynamodb');
  expect(JSON.stringify(made.toJSON())).not.toContain('LEDGER_TABLE');
});

describe('a setting that removes virtual inventory products', () => {
  const warnings = (context: Record<string, unknown>) => {
    return Annotations.fromStack(stackOf(context)).findWarning('*', '*virtual inventory products*');
  };

  test('is warned of in one line at synth, and of the default nothing is said', () => {
    const [warning, ...others] = warnings({ virtualInventory: 'remove' });
    expect(others).toEqual([]);
    expect(String(warning?.entry.data)).not.toContain('\n');
    expect(warnings({})).toEqual([]);
  });
});
