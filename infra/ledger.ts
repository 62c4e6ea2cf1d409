import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { letterKey } from '../lambda/evidence/evidence-items.ts';

/**
 * Makes the ledger's table: one item an image, paid by request, encrypted, recoverable to any moment
 * of the last 35 days, and kept when the stack goes. Expired items are deleted by their `expiresAt`.
 */
export function createLedger(scope: Construct): Table {
  return new Table(scope, 'Ledger', {
    partitionKey: { name: 'guid', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.AWS_MANAGED,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/**
 * Only what the function needs: to read many items, to write one on condition, and to write what it knows
 * of accounts and messages, many at a time.
 */
export function grantLedger(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:PutItem');
}

/** Allows only to read the reasons that dead letters have no room for. */
export function grantReasons(table: Table, grantee: IGrantable): void {
  Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:BatchGetItem'],
    resourceArns: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [letterKey('*')] } },
  });
}
