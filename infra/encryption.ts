import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import { Grant, type IGrantable, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StackSettings } from './setting-fields.ts';

/**
 * The key of queues, topics and ledger, as the setting `queueKey` has it. A key of our own is rotated each
 * year, and kept when the stack goes, because queues and ledger are kept: without the key they can't be read.
 *
 * @returns undefined where AWS's own keys are to do
 */
export function createKey(scope: Construct, { queueKey }: StackSettings): IKey | undefined {
  if (queueKey === 'aws') return undefined;
  if (queueKey !== 'new') return Key.fromKeyArn(scope, 'Key', queueKey);
  return new Key(scope, 'Key', {
    description: 'Queues, alarm topics and ledger of image updates',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}

/** How a queue is encrypted, with a key or without one. */
export function encryptionOf(key: IKey | undefined): QueueProps {
  return key === undefined
    ? { encryption: QueueEncryption.SQS_MANAGED }
    : { encryption: QueueEncryption.KMS, encryptionMasterKey: key };
}

/**
 * Who sends needs a new data key, and to decrypt it once more; who only reads needs the latter
 * (AWS: SQS key management). CDK's own grants say `GenerateDataKey*`, a wildcard that is not needed.
 */
export function grantKey(
  key: IKey | undefined,
  grantee: IGrantable,
  use: 'send' | 'read',
): Grant | undefined {
  return key?.grant(grantee, 'kms:Decrypt', ...(use === 'send' ? ['kms:GenerateDataKey'] : []));
}

/**
 * A queue that gets another key keeps its messages as they are: each is decrypted with the key that it was sent
 * under (AWS: SQS key management). So those who read may use the former keys too, only to decrypt.
 */
export function grantFormerKeys(keys: readonly IKey[], grantee: IGrantable): void {
  if (keys.length === 0) return;
  const resourceArns = keys.map(({ keyArn }) => keyArn);
  Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns });
}

/** Adds to a key's policy; where that is not of this app, a warning says what it must allow. */
export function addToKeyPolicy(scope: Construct, key: IKey, statement: PolicyStatement): void {
  const { statementAdded } = key.addToResourcePolicy(statement, true);
  if (!statementAdded) warnOfForeignPolicy(scope, 'key', statement);
}

/** Says what a policy that is not of this app must allow. */
export function warnOfForeignPolicy(
  scope: Construct,
  what: 'key' | 'queue',
  statement: PolicyStatement,
): void {
  const text = JSON.stringify(statement.toStatementJson());
  Annotations.of(scope).addWarningV2(
    `image-updates:${what}${statement.sid}`,
    `the policy of the ${what} is not of this app, so add to it yourself: ${text}`,
  );
}
