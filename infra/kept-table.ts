import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** What DynamoDB needs of a table's key (AWS: DynamoDB encryption at rest, usage notes), without wildcards. */
export const KEY_READ = ['kms:Decrypt', 'kms:DescribeKey'];
export const KEY_WRITE = [
  ...KEY_READ,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** How the function's tables are kept. */
export interface TableOptions {
  /**
   * Encrypts it. Without one DynamoDB's own key does, which costs nothing; that of the account costs by
   * request.
   */
  readonly key: IKey | undefined;
  /**
   * Not by default: CloudFormation could not take back a first deployment that fails, because it does not
   * delete a protected table.
   */
  readonly deletionProtection: boolean;
}

/**
 * Makes a table that is paid by request, recoverable to any moment of the last 35 days, and kept when the
 * stack goes. Expired items are deleted by their `expiresAt`.
 *
 * @param keys names of the partition key and, where there is one, of the sort key; both are texts
 */
export function createKeptTable(
  scope: Construct,
  id: string,
  [partition, sort]: readonly [string, string?],
  { key, deletionProtection }: TableOptions,
): Table {
  return new Table(scope, id, {
    partitionKey: { name: partition, type: AttributeType.STRING },
    ...(sort !== undefined && { sortKey: { name: sort, type: AttributeType.STRING } }),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    ...(key
      ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }
      : { encryption: TableEncryption.DEFAULT }),
    deletionProtection,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}

/** DynamoDB uses the table's key on behalf of those who read and write, and only then may they use it. */
export function grantTableKey(table: Table, grantee: IGrantable, actions: readonly string[]): void {
  if (table.encryptionKey === undefined) return;
  const service = `dynamodb.${Stack.of(table).region}.amazonaws.com`;
  Grant.addToPrincipal({
    grantee,
    actions: [...actions],
    resourceArns: [table.encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });
}
