import { Annotations } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Queues } from '../queues.ts';

/** Who may do what with a queue, and on which conditions. */
export interface Admission {
  /** Letters and digits that name the statement. */
  readonly sid: string;
  readonly principal: IPrincipal;
  readonly actions: string[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  /** The conditions for the use of the queue's key. */
  readonly keyConditions: Readonly<Record<string, unknown>>;
}

/**
 * Admits somebody to a queue and, where it has a key of its own, to the key. A policy that is not of
 * this app can't be added to: then a warning says what it must allow.
 */
export function admit(
  scope: Construct,
  { queue, key }: Pick<Queues, 'queue' | 'key'>,
  { sid, principal, actions, conditions, keyConditions }: Admission,
): void {
  const ofQueue = new PolicyStatement({
    sid,
    principals: [principal],
    actions,
    resources: [queue.queueArn],
    ...(conditions && { conditions }),
  });
  if (!queue.addToResourcePolicy(ofQueue).statementAdded) warn(scope, `queue${sid}`, ofQueue);
  if (key === undefined) return;
  const ofKey = new PolicyStatement({
    sid,
    principals: [principal],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    // In a key's policy this means the key itself (AWS: KMS key policies).
    resources: ['*'],
    conditions: keyConditions,
  });
  if (!key.addToResourcePolicy(ofKey, true).statementAdded) warn(scope, `key${sid}`, ofKey);
}

function warn(scope: Construct, what: string, statement: PolicyStatement): void {
  const text = JSON.stringify(statement.toStatementJson());
  Annotations.of(scope).addWarningV2(
    `image-updates:${what}`,
    `this policy is not of this app, so add to it yourself: ${text}`,
  );
}
