import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { letterKey } from '../lambda/evidence/evidence-items.ts';

/** What DynamoDB needs of the table's key (AWS: DynamoDB encryption at rest, usage notes), without wildcards. */
const KEY_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_WRITE = [
  ...KEY_READ,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** How the ledger's table is kept. */
interface LedgerOptions {
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
 * Makes the ledger's table: one item an image, paid by request, recoverable to any moment of the last 35
 * days, and kept when the stack goes. Expired items are deleted by their `expiresAt`.
 */
export function createLedger(scope: Construct, { key, deletionProtection }: LedgerOptions): Table {
  return new Table(scope, 'Ledger', {
    partitionKey: { name: 'guid', type: AttributeType.STRING },
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

/**
 * Only what the function needs: to read many items, to write one on condition, and to write what it knows
 * of accounts and messages, many at a time.
 */
export function grantLedger(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:PutItem');
  grantTableKey(table, grantee, KEY_WRITE);
}

/** Allows to read what is known of an image, and the reasons that dead letters have no room for. */
export function grantHistory(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:GetItem');
  Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:BatchGetItem'],
    resourceArns: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [letterKey('*')] } },
  });
  grantTableKey(table, grantee, KEY_READ);
}

/** DynamoDB uses the table's key on behalf of whoever reads and writes, and only then may they use it. */
function grantTableKey(table: Table, grantee: IGrantable, actions: readonly string[]): void {
  if (table.encryptionKey === undefined) return;
  const service = `dynamodb.${Stack.of(table).region}.amazonaws.com`;
  Grant.addToPrincipal({
    grantee,
    actions: [...actions],
    resourceArns: [table.encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': service } },
  });
}

/** Allows to forget what is known of an image. */
export function grantForget(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:DeleteItem');
  grantTableKey(table, grantee, KEY_READ);
}
