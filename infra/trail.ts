import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  createKeptTable,
  grantTableKey,
  KEY_READ,
  KEY_WRITE,
  type TableOptions,
} from './kept-table.ts';

/** Makes the trail's table: one item an invocation, in the partition of its hour. */
export function createTrail(scope: Construct, options: TableOptions): Table {
  return createKeptTable(scope, 'Trail', ['hour', 'place'], options);
}

/** Only what the function needs: it writes, and never reads. */
export function grantKeepTrail(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:PutItem');
  grantTableKey(table, grantee, KEY_WRITE);
}

/** Allows to look up what became of events. */
export function grantLookUp(table: Table, grantee: IGrantable): void {
  table.grant(grantee, 'dynamodb:Query');
  grantTableKey(table, grantee, KEY_READ);
}
