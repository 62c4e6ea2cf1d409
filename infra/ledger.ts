import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { letterKey } from '../lambda/evidence/evidence-items.ts';
import {
  createKeptTable,
  grantTableKey,
  KEY_READ,
  KEY_WRITE,
  type TableOptions,
} from './kept-table.ts';

/** Makes the ledger's table: one item an image. */
export function createLedger(scope: Construct, options: TableOptions): Table {
  return createKeptTable(scope, 'Ledger', ['guid'], options);
}

/**
 * Only what the function needs: to read many items, to write one on condition, and to write what it knows
 * of accounts and messages, many at a time.
 */
export function grantLedger(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:PutItem');
  grantTableKey(table, grantee, KEY_WRITE);
}

/** Allows to read what is known of images, one or all that fail, and the reasons that dead letters have no room for. */
export function grantHistory(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:GetItem', 'dynamodb:Scan');
  Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:BatchGetItem'],
    resourceArns: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [letterKey('*')] } },
  });
  grantTableKey(table, grantee, KEY_READ);
}

/** Allows to forget what is known of an image. */
export function grantForget(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:DeleteItem');
  grantTableKey(table, grantee, KEY_READ);
}
