import { type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { addToKeyPolicy, warnOfForeignPolicy } from '../encryption.ts';
import type { Queues } from '../queues.ts';

/** Who may do what with a queue, and on which conditions. */
export interface AllowedSource {
  /** Letters and digits that name the statement. */
  readonly sid: string;
  readonly principal: IPrincipal;
  readonly actions: string[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  /** The conditions for the use of the queue's key. */
  readonly keyConditions: Readonly<Record<string, unknown>>;
}

/**
 * Allows a sender to use a queue and its key, where it has one. A policy that is not of
 * this app can't be added to: then a warning says what it must allow.
 */
export function allowSource(
  scope: Construct,
  { queue, key }: Pick<Queues, 'queue' | 'key'>,
  { sid, principal, actions, conditions, keyConditions }: AllowedSource,
): void {
  const ofQueue = new PolicyStatement({
    sid,
    principals: [principal],
    actions,
    resources: [queue.queueArn],
    ...(conditions && { conditions }),
  });
  const { statementAdded } = queue.addToResourcePolicy(ofQueue);
  if (!statementAdded) warnOfForeignPolicy(scope, 'queue', ofQueue);
  if (key === undefined) return;
  const ofKey = new PolicyStatement({
    sid,
    principals: [principal],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    // In a key's policy this means the key itself (AWS: KMS key policies).
    resources: ['*'],
    conditions: keyConditions,
  });
  addToKeyPolicy(scope, key, ofKey);
}
