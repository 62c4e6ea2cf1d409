import { describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EVERYTHING, stackOf, testStack } from './template.ts';

/** What the checks of AWS Solutions find, each with where it is. */
function findings(stack: Stack): string[] {
  const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
}

describe('the checks of AWS Solutions', () => {
  test('find what is wrong, in a stack that has it', () => {
    const stack = testStack();
    new Queue(stack, 'Bare');
    expect(findings(stack)).toEqual([
      'AwsSolutions-SQS3 at Default/Bare/Resource',
      'AwsSolutions-SQS4 at Default/Bare/Resource',
    ]);
  });

  test.each([
    ['with the defaults', {}],
    ['with every source, a key and addresses', EVERYTHING],
    ['with a secret for each account', { keysByAccount: 'finerworks/keys/{account}' }],
    ['with a part of a name for each account', { keysByAccount: 'finerworks/{account}/keys' }],
    ['with traces', { tracing: 'on' }],
    ['with a map of key sets', { keysByAccount: 'finerworks/logins' }],
  ])('find nothing in the stack %s', (_name, context) => {
    expect(findings(stackOf(context))).toEqual([]);
  });
});
