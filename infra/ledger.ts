import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { letterKey } from '../lambda/evidence/evidence-items.ts';
import type { Settings } from './setting-fields.ts';

/**
 * Makes the ledger's table: one item an image, paid by request, encrypted, recoverable to any moment
 * of the last 35 days, and kept when the stack goes. Expired items are deleted by their `expiresAt`.
 *
 * It is protected against deletion together with the stack, and not by default: CloudFormation could not take back a
 * first deployment that fails, because it does not delete a protected table.
 */
export function createLedger(scope: Construct, { terminationProtection }: Settings): Table {
  return new Table(scope, 'Ledger', {
    partitionKey: { name: 'guid', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.AWS_MANAGED,
    deletionProtection: terminationProtection === 'on',
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}

/**
 * Only what the function needs: to read many items, to write one on condition, and to write what it knows
 * of accounts and messages, many at a time.
 */
export function grantLedger(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:PutItem');
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
}

/** Allows to forget what is known of an image. */
export function grantForget(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:DeleteItem');
}
